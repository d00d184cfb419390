package org.mailchute.reply;

import java.util.Locale;

/** Where in the dialogue a reply came; it says more about whose fault it is than the digit does. */
public enum Stage {
    /** The server was looked up. */
    LOOKUP,
    CONNECT,
    GREETING,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** After the final dot. Silence here is ambiguous: the message may have been accepted. */
    END_OF_DATA;

    /** As rows write it: {@code end-of-data}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
