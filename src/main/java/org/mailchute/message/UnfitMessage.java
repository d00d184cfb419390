package org.mailchute.message;

/** This is no message that may be sent: why, and what its writer should do. Both are plain sentences. */
public final class UnfitMessage extends Exception {
    private static final long serialVersionUID = 1;
    private final String remedy;

    UnfitMessage(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    /** Why, in one sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
