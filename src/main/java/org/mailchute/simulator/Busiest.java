package org.mailchute.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The most messages of one mailbox in any sliding time, counted in both ways that a server may.
 *
 * @param began by the time of their MAIL
 * @param taken by the time they were accepted
 */
public record Busiest(int began, int taken) {
    /** The most of these times, in order, that lie less than {@code window} apart. */
    static int most(List<Instant> times, Duration window) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (!times.get(first).plus(window).isAfter(times.get(last))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
