package org.mailchute.request;

/** This request was received before, under the same id; it is not mailed again. */
public final class Repeated extends Exception {
    private static final long serialVersionUID = 1;
    private final transient RequestBook.Entry before;

    public Repeated(RequestBook.Entry before) {
        super("received before as " + before.queueId());
        this.before = before;
    }

    public RequestBook.Entry before() {
        return before;
    }
}
