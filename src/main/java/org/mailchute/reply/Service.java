package org.mailchute.reply;

import java.util.Locale;

/** Whose client submission it is. An MX host, which takes direct send and relay, is Exchange Online's. */
public enum Service {
    /** As a mailbox of the tenant. */
    EXCHANGE_ONLINE,
    /** High Volume Email: as an account of its own kind, to recipients of the own organisation only. */
    HVE,
    /** Azure Communication Services: as an application, to anybody. */
    ACS;

    /** The name used in settings and rows: {@code exchange-online}, {@code hve}, {@code acs}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
