package org.mailchute.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The machine's clock as somebody may set it: it goes on from wherever it is set to. Always UTC; safe between threads. */
public final class SetClock extends UtcClock {
    private final Clock real = Clock.systemUTC();
    private volatile Duration by = Duration.ZERO;

    /** So far from the true time; negative for late. */
    public void set(Duration wrong) {
        by = wrong;
    }

    /** How far that is. */
    public Duration by() {
        return by;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(by);
    }
}
