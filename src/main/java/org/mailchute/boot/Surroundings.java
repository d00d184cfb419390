package org.mailchute.boot;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the gateway takes from outside and tests replace.
 *
 * @param clock time of day
 * @param chance for jitter
 */
public record Surroundings(Clock clock, RandomGenerator chance) {
    /** The real ones. */
    public static Surroundings real() {
        return new Surroundings(Clock.systemUTC(), RandomGenerator.getDefault());
    }
}
