package org.mailchute.settings.yaml;

/** The file as a whole cannot be read: missing, too large, not text, not YAML. */
public final class UnreadableFile extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Fault fault;

    UnreadableFile(String file, int line, String found, String expected) {
        this(new Fault(file, line, "", found, expected));
    }

    private UnreadableFile(Fault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
