package org.mailchute.reply;

import java.util.List;

/** Rows that cannot be used: one error a row, each with file and line. */
public final class BadReplyRows extends Exception {
    private static final long serialVersionUID = 1;
    private final List<String> errors;

    BadReplyRows(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** Such as {@code replies.yaml:12: the row has no cause}. */
    public List<String> errors() {
        return errors;
    }
}
