package org.mailchute.management;

import java.time.Duration;

/**
 * Of connections, each of which has one request.
 *
 * @param all connections at a time, of those that have not shown the token nor asked for health
 * @param ofOneAddress likewise, from one IP address
 * @param asking until the whole request has come
 * @param answering from then until the other side has the whole answer
 * @param live of one that is told what happens as it happens; its browser asks again then
 */
public record ConnectionLimits(int all, int ofOneAddress, Duration asking, Duration answering, Duration live) {
    /** Asking takes milliseconds, a command seconds where the disk is slow. */
    public static final ConnectionLimits STANDARD =
            new ConnectionLimits(256, 64, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10));
}
