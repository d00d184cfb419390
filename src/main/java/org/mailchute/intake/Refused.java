package org.mailchute.intake;

/** This input cannot become mail: why, and what its sender should do. Both are plain sentences without controls. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final String remedy;

    public Refused(String reason, String remedy) {
        super(Shown.line(reason));
        this.remedy = Shown.line(remedy);
    }

    /** Why, in one sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
