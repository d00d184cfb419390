package org.mailchute.reply;

import java.util.Locale;

/** Microsoft's three ways for a device or application to send mail through Microsoft 365. */
public enum Option {
    /** SMTP AUTH as a mailbox, smtp.office365.com:587. */
    SUBMISSION,
    /** Anonymous to the MX host of an own domain, port 25; own recipients only. */
    DIRECT_SEND,
    /** To the MX host through an inbound connector that knows our certificate or address, port 25. */
    RELAY;

    /** The name used in settings, log and tables: {@code submission}, {@code direct-send}, {@code relay}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
