package org.mailchute.testing;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until a test moves it, forwards or back. Always UTC; safe between threads. */
public final class MovableClock extends UtcClock {
    private Instant now;

    /** Stands at {@code start}. */
    public MovableClock(Instant start) {
        now = start;
    }

    /** Stands at noon of 23 November 2026. */
    public MovableClock() {
        this(Instant.parse("2026-11-23T12:00:00Z"));
    }

    /** Moves on, or back by a negative duration, and gives the new time. */
    public synchronized Instant move(Duration by) {
        now = now.plus(by);
        return now;
    }

    /** Jumps to {@code time}. */
    public synchronized void set(Instant time) {
        now = time;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }
}
