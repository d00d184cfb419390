package org.mailchute.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.trace.DeliveryEvent;

/**
 * What happened to messages for one reason, as far as one addressee is concerned.
 *
 * @param to the addressee; empty for the administrator
 * @param told when it was told last
 * @param since the first message that is not told of yet; empty when all are
 * @param count messages that are not told of yet
 * @param some the first of those
 */
record Cause(
        String to,
        Matter.What what,
        String reason,
        String remedy,
        Optional<Instant> told,
        Optional<Instant> since,
        long count,
        List<DeliveryEvent> some) {
    /** A notice shows so many; the others are counted. */
    static final int SHOWN = 5;

    Cause {
        some = List.copyOf(some);
    }

    static Cause of(String to, Matter matter) {
        DeliveryEvent event = matter.event();
        return new Cause(
                to, matter.what(), event.reason(), event.remedy(), Optional.empty(), Optional.empty(), 0, List.of());
    }

    /** What is counted only. */
    static Cause various(Matter.What what) {
        String remedy = "mailchute dead list and mailchute trace tell of each";
        return new Cause("", what, "various causes", remedy, Optional.empty(), Optional.empty(), 0, List.of());
    }

    /** The same for the same messages, whatever the server's words. */
    String key() {
        return to + "|" + what + "|" + reason;
    }

    Cause with(DeliveryEvent event, Instant now) {
        List<DeliveryEvent> more = some.size() < SHOWN
                ? Stream.concat(some.stream(), Stream.of(event)).toList()
                : some;
        return new Cause(to, what, reason, remedy, told, since.or(() -> Optional.of(now)), count + 1, more);
    }

    /** @param part of it that was told; more may have come meanwhile */
    Cause told(Cause part, Instant now) {
        long left = count - part.count;
        return new Cause(
                to,
                what,
                reason,
                remedy,
                Optional.of(now),
                left == 0 ? Optional.empty() : Optional.of(now),
                left,
                some.subList(part.some.size(), some.size()));
    }

    /** Likewise, that nobody else could be told of. */
    Cause forAdministrator() {
        return new Cause("", what, reason, remedy, Optional.empty(), since, count, some);
    }

    Cause plus(Cause other) {
        List<DeliveryEvent> both =
                Stream.concat(some.stream(), other.some.stream()).limit(SHOWN).toList();
        return new Cause(to, what, reason, remedy, told, since.or(() -> other.since), count + other.count, both);
    }

    /** At once the first time, then once in so long. */
    boolean isDue(Instant now, Duration digest) {
        return count > 0 && Standing.isOver(told, now, digest);
    }

    /** Nothing came for so long: what comes next is told at once. */
    boolean isPast(Instant now, Duration digest) {
        return count == 0 && Standing.isOver(told, now, digest);
    }
}
