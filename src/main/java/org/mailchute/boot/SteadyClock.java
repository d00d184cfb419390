package org.mailchute.boot;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Starts with another clock's time and is never set: a step of that clock neither ends a session nor keeps a dead one. */
final class SteadyClock extends Clock {
    private final Instant begun;
    private final long nanos = System.nanoTime();

    SteadyClock(Clock clock) {
        begun = clock.instant();
    }

    @Override
    public Instant instant() {
        return begun.plusNanos(System.nanoTime() - nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
