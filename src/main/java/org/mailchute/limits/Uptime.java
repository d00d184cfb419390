package org.mailchute.limits;

import java.util.Optional;
import java.util.function.LongSupplier;

/** Time that nobody sets and that never jumps: how long the machine has been up, or at least this process. */
public final class Uptime {
    private final Optional<String> boot;
    private final LongSupplier millis;

    /**
     * @param boot names the machine's start that is counted from; empty where nobody knows it, and then what two processes
     *     read has nothing to do with each other
     */
    public Uptime(Optional<String> boot, LongSupplier millis) {
        this.boot = boot;
        this.millis = millis;
    }

    public long millis() {
        return millis.getAsLong();
    }

    /** For a file. */
    String boot() {
        return boot.orElse("unknown");
    }

    /** Whether times noted under that name go on here. */
    boolean continues(String noted) {
        return boot.filter(noted::equals).isPresent();
    }
}
