package org.mailchute.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.mailchute.spool.Rest;

/**
 * A folder that is full is read faster than any lane sends. While a lane is behind, the next files are taken after a while only: what waits
 * is safe in its folder, and costs nothing there. The further it is behind the later, or a lane that is slower than that would
 * fill the memory; a folder that brings few at a time is looked at as often as ever, and none later than that, since they may go by another
 * lane. For the thread that polls.
 */
public final class GivingWay {
    /** Deliveries in a lane's queue; more make it no faster. */
    private static final long PLENTY = 2_000;

    /** Between two polls; enough for some hundred files at a time to keep every lane busy. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Files of one poll. */
    private static final int FEW = 50;

    private final LongSupplier behind;
    private final Clock clock;
    private Instant last = Instant.EPOCH;
    private int brought;

    /** @param behind deliveries that the lane furthest behind has to send */
    public GivingWay(LongSupplier behind, Clock clock) {
        this.behind = behind;
        this.clock = clock;
    }

    /** Whether it is this poll's turn. */
    public boolean mayPoll() {
        Instant now = clock.instant();
        if (Rest.lasts(last, LONGEST, now) && Rest.lasts(last, pause(), now)) {
            return false;
        }
        last = now;
        return true;
    }

    /** The last poll brought so many. */
    public void polled(int files) {
        brought = files;
    }

    private Duration pause() {
        long times = Math.max(0, behind.getAsLong() - 1) / PLENTY;
        return PAUSE.multipliedBy(brought > FEW ? times * times : Math.min(times, 1));
    }
}
