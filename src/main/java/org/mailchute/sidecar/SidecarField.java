package org.mailchute.sidecar;

import java.util.Locale;

/** What a sidecar can say. It cannot choose the sender: nobody signs such a file. */
public enum SidecarField {
    TO,
    CC,
    BCC,
    REPLY_TO("replyTo"),
    SUBJECT,
    TEXT,
    USER,
    DEVICE,
    DATE,
    PAGES;

    private final String label;

    SidecarField() {
        this.label = name().toLowerCase(Locale.ROOT);
    }

    SidecarField(String label) {
        this.label = label;
    }

    /** Its name in sidecars of our own form, in settings and in messages. */
    public String label() {
        return label;
    }

    boolean takesAddresses() {
        return this == TO || this == CC || this == BCC || this == REPLY_TO;
    }

    boolean takesLines() {
        return this == TEXT;
    }
}
