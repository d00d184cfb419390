package org.mailchute.sidecar;

/** A sidecar that cannot be understood: why, with file and place, and what to do. Both are plain sentences. */
public final class UnfitSidecar extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_SHOWN = 80;
    private final String remedy;

    UnfitSidecar(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }

    /** What was written, fit for a sentence: in quotes, shortened, without controls. */
    static String shown(String text) {
        String plain = text.replaceAll("[\\p{C}\"]", "?");
        return '"' + (plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "..." : plain) + '"';
    }
}
