package org.mailchute.testing;

import java.time.Duration;
import java.time.Instant;

/** A clock that goes faster than time, for what takes minutes. Always UTC; safe between threads. */
public final class FastTime extends UtcClock {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final Instant start;
    private final int factor;
    private final long begun = System.nanoTime();

    /** From some day on. */
    public FastTime(int factor) {
        this(START, factor);
    }

    public FastTime(Instant start, int factor) {
        this.start = start;
        this.factor = factor;
    }

    /** Since it was made, by its own measure. */
    public Duration gone() {
        return Duration.ofNanos(System.nanoTime() - begun).multipliedBy(factor);
    }

    @Override
    public Instant instant() {
        return start.plus(gone());
    }
}
