package org.mailchute.reply;

import java.util.Locale;
import java.util.Set;

/** Microsoft's ways for a device or application to send mail through Microsoft 365: three by SMTP, and one by HTTPS. */
public enum Option {
    /** SMTP AUTH as a mailbox, smtp.office365.com:587. */
    SUBMISSION,
    /** Anonymous to the MX host of an own domain, port 25; own recipients only. */
    DIRECT_SEND,
    /** To the MX host through an inbound connector that knows our certificate or address, port 25. */
    RELAY,
    /** As a mailbox by Microsoft Graph, port 443. What it answers is an HTTP status and an error code of Graph's. */
    GRAPH;

    /** Those that speak SMTP. */
    public static final Set<Option> BY_SMTP = Set.of(SUBMISSION, DIRECT_SEND, RELAY);

    /** Whether it leads to the MX host of a domain, where nobody logs in; the others send as a mailbox. */
    public boolean toMxHost() {
        return this == DIRECT_SEND || this == RELAY;
    }

    /** The name used in settings, log and tables: {@code submission}, {@code direct-send}, {@code relay}, {@code graph}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
