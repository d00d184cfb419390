package org.mailchute.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailchute.spool.Rest;

/**
 * How a condition stands, and what was told of it.
 *
 * @param since it stands, or no longer does
 * @param known whether it stands, as was told last
 * @param told when it was told last that it stands
 * @param cleared when it was told last that it is over
 */
record Standing(
        Condition condition,
        Instant since,
        boolean stands,
        boolean known,
        Optional<Instant> told,
        Optional<Instant> cleared) {
    static Standing begun(Condition condition, Instant now) {
        return new Standing(condition, now, true, false, Optional.empty(), Optional.empty());
    }

    Standing now(Condition latest, boolean does, Instant now) {
        return new Standing(latest, does == stands ? since : now, does, known, told, cleared);
    }

    /** One that comes and goes is told of once in so long. */
    boolean isNews(Instant now, Duration digest) {
        return stands != known && isOver(stands ? told : cleared, now, digest);
    }

    Standing told(Instant now) {
        return new Standing(
                condition,
                since,
                stands,
                stands,
                stands ? Optional.of(now) : told,
                stands ? cleared : Optional.of(now));
    }

    /** Nothing need be known of it any more. */
    boolean isPast(Instant now, Duration digest) {
        return !stands && !known && isOver(told, now, digest) && isOver(cleared, now, digest);
    }

    /** So long ago, or never; a clock that was ahead counts for nothing. */
    static boolean isOver(Optional<Instant> last, Instant now, Duration digest) {
        return last.filter(time -> Rest.lasts(time, digest, now)).isEmpty();
    }
}
