package org.mailchute.boot;

import java.time.Clock;
import java.util.random.RandomGenerator;
import org.mailchute.limits.Uptime;
import org.xbill.DNS.Lookup;
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
                Clock.systemUTC(),
                new SteadyClock(Clock.systemUTC()),
                MachineUptime.read(),
                RandomGenerator.getDefault(),
                Lookup.getDefaultResolver());
    }
}
