package org.mailchute.intake;

/** This input cannot become mail: why, and what its sender should do. Both are plain sentences without controls. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final String remedy;
    private final boolean undecided;

    public Refused(String reason, String remedy) {
        this(reason, remedy, false);
    }

    private Refused(String reason, String remedy, boolean undecided) {
        super(Shown.line(reason));
        this.remedy = Shown.line(remedy);
        this.undecided = undecided;
    }

    /** Nobody knows whether this input would ever have become whole: it rests in a place of its own, where there is one. */
    public static Refused undecided(String reason, String remedy) {
        return new Refused(reason, remedy, true);
    }

    public boolean undecided() {
        return undecided;
    }

    /** Why, in one sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
