package org.mailchute.gateway;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import org.mailchute.limits.Uptime;
import org.xbill.DNS.Resolver;

/**
 * What the gateway takes from outside and tests replace.
 *
 * @param clock time of day, which may be set
 * @param steady time within this process that nobody sets: of sessions, and of what is waited for in them
 * @param uptime time over restarts that nobody sets
 * @param chance for jitter
 * @param dns asked for MX hosts
 */
public record Surroundings(Clock clock, Clock steady, Uptime uptime, RandomGenerator chance, Resolver dns) {
    /** The real ones. */
    public static Surroundings real() {
        return new Surroundings(
                Clock.systemUTC(), neverSet(), MachineUptime.read(), RandomGenerator.getDefault(), SystemDns.real());
    }

    /** Starts with the wall clock's time and is never set: a step of that clock neither ends a session nor keeps a dead one. */
    private static Clock neverSet() {
        Instant begun = Clock.systemUTC().instant();
        long nanos = System.nanoTime();
        InstantSource steady = () -> begun.plusNanos(System.nanoTime() - nanos);
        return steady.withZone(ZoneOffset.UTC);
    }
}
