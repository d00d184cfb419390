package org.mailchute.boot;

import java.time.Clock;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Resolver;

/**
 * What the gateway takes from outside and tests replace.
 *
 * @param clock time of day
 * @param chance for jitter
 * @param dns asked for MX hosts
 */
public record Surroundings(Clock clock, RandomGenerator chance, Resolver dns) {
    /** The real ones. */
    public static Surroundings real() {
        return new Surroundings(Clock.systemUTC(), RandomGenerator.getDefault(), Lookup.getDefaultResolver());
    }
}
