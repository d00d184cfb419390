package org.mailchute.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells on standard error how far long work is, a line in five seconds at most. */
final class Progress {
    private static final long SELDOM = Duration.ofSeconds(5).toNanos();

    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private long told;

    Progress(PrintWriter err) {
        this(err, System::nanoTime);
    }

    /** @param nanoTime as of {@link System#nanoTime} */
    Progress(PrintWriter err, LongSupplier nanoTime) {
        this.err = err;
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    /** @param far such as {@code 1200 of 3000 messages} */
    void at(String far) {
        long now = nanoTime.getAsLong();
        if (now - told >= SELDOM) {
            told = now;
            err.println(far);
        }
    }
}
