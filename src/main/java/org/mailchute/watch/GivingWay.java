package org.mailchute.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.mailchute.spool.Rest;

/**
 * A folder that is full is read faster than any lane sends. While a lane is far behind, the next files are taken after a while only: what
 * waits is safe in its folder, and costs nothing there. Never for longer, since they may go by another lane. For the thread that polls.
 */
public final class GivingWay {
    /** Between two polls; enough for some hundred files at a time to keep every lane busy. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final BooleanSupplier behind;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    /** @param behind whether some lane has plenty to send */
    public GivingWay(BooleanSupplier behind, Clock clock) {
        this.behind = behind;
        this.clock = clock;
    }

    /** Whether it is this poll's turn. */
    public boolean mayPoll() {
        Instant now = clock.instant();
        if (Rest.lasts(last, PAUSE, now) && behind.getAsBoolean()) {
            return false;
        }
        last = now;
        return true;
    }
}
