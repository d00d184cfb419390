package org.mailchute.steps;

import org.mailchute.intake.RequestBook;

/** This request was received before, under the same id; it is not mailed again. */
public final class Repeated extends Exception {
    private static final long serialVersionUID = 1;
    private final transient RequestBook.Entry before;

    Repeated(RequestBook.Entry before) {
        super("received before as " + before.queueId());
        this.before = before;
    }

    RequestBook.Entry before() {
        return before;
    }
}
