package org.mailchute.lane;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Verdict;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Ticket;

/**
 * When and over which lane a deferred part is tried again. A wait that is the lane's fault does not use up the message's life,
 * and another lane takes over where the rule names one and the reason allows it (promise P5).
 */
public record NextTries(Supplier<RetrySchedule> retries, NextHops nextHops, Waits waits, Clock clock) {
    private static final Duration PAUSE_OF_A_RECIPIENT = Duration.ofMinutes(30);

    /** @throws ClassCastException when the part is not deferred */
    public NextTry of(Attempt attempt, Part part) {
        Verdict verdict = ((Outcome.Deferred) part.outcome()).verdict();
        ClaimCheck check = attempt.check().forRecipients(part.recipients());
        if (attempt.lane().leaving() && !attempt.asked()) {
            return onward(attempt.ticket(), check).orElseGet(() -> later(attempt, verdict, check));
        }
        Optional<Lane> instead = verdict.stopsLane() && verdict.scope() != Verdict.Scope.RECIPIENT
                ? nextHops.choice().instead(check, attempt.ticket(), verdict.mayFallOver())
                : Optional.empty();
        return instead.map(lane -> over(lane, check)).orElseGet(() -> later(attempt, verdict, check));
    }

    /** By the rules of now; who goes over one lane is one part. */
    private Optional<NextTry> onward(Ticket ticket, ClaimCheck check) {
        ForwardPath recipient = check.recipients().get(0);
        return nextHops.other(ticket, recipient)
                .map(lane -> over(lane, check.over(lane.name(), nextHops.lanes(ticket, recipient))));
    }

    private NextTry over(Lane lane, ClaimCheck check) {
        return new NextTry(check.over(lane.name()), clock.instant(), Waits.Place.of(lane), Optional.of(lane.name()));
    }

    private NextTry later(Attempt attempt, Verdict verdict, ClaimCheck check) {
        boolean lanes = verdict.stopsLane();
        Optional<Instant> set = lanes ? attempt.notBefore() : Optional.empty();
        Instant asks = set.orElseGet(() -> asked(attempt).plus(wait(attempt, verdict)));
        Instant next = noLaterThanItsEnd(attempt, asks);
        Waits.Place place = lanes && attempt.waitsForItsLane()
                ? waits.forLane(attempt.lane(), asks, attempt.ticket().wishes().expires())
                : place(attempt.lane(), next);
        boolean uncertain = verdict.action() == Verdict.Action.UNCERTAIN;
        return new NextTry(lanes ? check : check.tried(uncertain), next, place, Optional.empty());
    }

    private Waits.Place place(Lane lane, Instant next) {
        return next.isAfter(clock.instant()) ? waits.until(lane, next) : Waits.Place.of(lane);
    }

    /** Since then it waits: what is recalled was asked before the gateway ended. */
    private Instant asked(Attempt attempt) {
        Instant now = clock.instant();
        return attempt.sentBefore().filter(now::isAfter).orElse(now);
    }

    /** What expires is looked at then, and told as a dead letter at once. */
    private Instant noLaterThanItsEnd(Attempt attempt, Instant next) {
        Instant now = clock.instant();
        return attempt.ticket()
                .wishes()
                .expires()
                .filter(next::isAfter)
                .map(end -> end.isBefore(now) ? now : end)
                .orElse(next);
    }

    private Duration wait(Attempt attempt, Verdict verdict) {
        if (verdict.stopsLane()) {
            return PAUSE_OF_A_RECIPIENT; // a lane that waits has set the time itself
        }
        Optional<Duration> planned = retries.get().wait(attempt.check().attempts() + 1);
        Duration wait = planned.orElseGet(() -> attempt.lane().uncertainWait());
        Duration least =
                verdict.action() == Verdict.Action.UNCERTAIN ? attempt.lane().uncertainWait() : verdict.waitAtLeast();
        return wait.compareTo(least) < 0 ? least : wait;
    }
}
