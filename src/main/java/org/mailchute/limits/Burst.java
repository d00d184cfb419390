package org.mailchute.limits;

import java.time.Duration;

/**
 * A rate for the Throttler, smoothed: not 30 messages at once and then a minute of silence, but five in every ten seconds. It may
 * let a little more through than the limit, which {@link Turns} keep; and nobody waits longer for it than ten seconds.
 *
 * @param messages in each period, at least 1
 * @param period length of the period
 */
public record Burst(int messages, Duration period) {
    private static final int MOST_AT_ONCE = 5;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int PERIODS_A_MINUTE = 6;
    /** What "no limit" is to the Throttler, which must have a number. */
    private static final Burst UNLIMITED = new Burst(10_000, Duration.ofSeconds(1));

    /** @param messagesPerMinute 0 for no limit */
    public static Burst of(int messagesPerMinute) {
        if (messagesPerMinute == 0) {
            return UNLIMITED;
        }
        int inLongest = (messagesPerMinute + PERIODS_A_MINUTE - 1) / PERIODS_A_MINUTE;
        return inLongest < MOST_AT_ONCE
                ? new Burst(inLongest, LONGEST)
                : new Burst(MOST_AT_ONCE, Duration.ofMillis(60_000L * MOST_AT_ONCE / messagesPerMinute));
    }
}
