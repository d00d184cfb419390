package org.mailchute.doctor;

import java.util.Locale;

/** How a check ended, the better one first. */
public enum Status {
    OK,
    /** Worth knowing; nothing to do. */
    INFO,
    /** Could not be looked at; never counts as ok. */
    NOT_CHECKED,
    /** Works now, or works only partly. */
    WARNING,
    /** Mail will not pass, or not as meant. */
    ERROR;

    /** The name used in tables and JSON: {@code ok}, {@code info}, {@code not-checked}, {@code warning}, {@code error}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
