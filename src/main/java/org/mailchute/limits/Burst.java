package org.mailchute.limits;

import java.time.Duration;

/**
 * A rate for the Throttler, smoothed: not 30 messages at once and then a minute of silence, but five in every ten seconds.
 *
 * @param messages in each period, at least 1
 * @param period length of the period
 */
public record Burst(int messages, Duration period) {
    private static final int MOST_AT_ONCE = 5;
    /** What "no limit" is to the Throttler, which must have a number. */
    private static final Burst UNLIMITED = new Burst(10_000, Duration.ofSeconds(1));

    /** @param messagesPerMinute 0 for no limit */
    public static Burst of(int messagesPerMinute) {
        if (messagesPerMinute == 0) {
            return UNLIMITED;
        }
        int messages = Math.min(MOST_AT_ONCE, messagesPerMinute);
        return new Burst(messages, Duration.ofMillis((60_000L * messages + messagesPerMinute - 1) / messagesPerMinute));
    }
}
