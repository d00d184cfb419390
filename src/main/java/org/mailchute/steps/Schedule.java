package org.mailchute.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneChoice;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Verdict;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.SpoolJson;

/**
 * {@code schedule}: puts a deferred part where it waits, with the time it may leave. That is a queue of the broker, so it
 * survives a restart (promise P4); a wait that is the lane's fault does not use up the message's life, and another lane takes
 * over where the rule names one and the reason allows it (promise P5).
 */
public final class Schedule {
    static final String PART = "part";
    static final String NEXT = "next";
    /** Name of the lane that takes over. */
    static final String INSTEAD = "instead";

    private static final Duration PAUSE_OF_A_RECIPIENT = Duration.ofMinutes(30);

    private final RetrySchedule retries;
    private final LaneChoice choice;
    private final Waits waits;
    private final Clock clock;

    public Schedule(RetrySchedule retries, LaneChoice choice, Waits waits, Clock clock) {
        this.retries = retries;
        this.choice = choice;
        this.waits = waits;
        this.clock = clock;
    }

    /** Body: the deferred {@link Part}; afterwards the claim check to enqueue. */
    @Handler
    public void schedule(Exchange exchange) {
        Part part = exchange.getMessage().getBody(Part.class);
        Attempt attempt = Attempt.of(exchange);
        Verdict verdict = ((Outcome.Deferred) part.outcome()).verdict();
        ClaimCheck check = attempt.check().forRecipients(part.recipients());
        Optional<Lane> instead = verdict.stopsLane() && verdict.scope() != Verdict.Scope.RECIPIENT
                ? choice.instead(check, attempt.ticket(), verdict.mayFallOver())
                : Optional.empty();
        exchange.setProperty(PART, part);
        if (instead.isPresent()) {
            exchange.setProperty(INSTEAD, instead.get().name());
            put(exchange, attempt, check.over(instead.get().name()));
            waitUntil(exchange, instead.get(), clock.instant());
        } else {
            Optional<Instant> lane = verdict.stopsLane() ? attempt.notBefore() : Optional.empty();
            Instant next = lane.orElseGet(() -> asked(attempt).plus(wait(attempt, verdict)));
            boolean uncertain = verdict.action() == Verdict.Action.UNCERTAIN;
            put(exchange, attempt, verdict.stopsLane() ? check : check.tried(uncertain));
            if (attempt.waitsForItsLane() && verdict.stopsLane()) {
                Optional<Instant> end = attempt.ticket().wishes().expires();
                exchange.setProperty(NEXT, noLaterThanItsEnd(attempt, next));
                waits.forLane(exchange, attempt.lane(), next, end);
            } else {
                waitUntil(exchange, attempt.lane(), noLaterThanItsEnd(attempt, next));
            }
        }
    }

    private void waitUntil(Exchange exchange, Lane lane, Instant next) {
        exchange.setProperty(NEXT, next);
        if (next.isAfter(clock.instant())) {
            waits.until(exchange, lane, next);
        } else {
            exchange.setProperty(Waits.QUEUE, lane.queue());
        }
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

    private static void put(Exchange exchange, Attempt attempt, ClaimCheck check) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Enqueue.QUEUE_ID, check.queueId().value());
        exchange.getMessage()
                .setHeader(Enqueue.PRIORITY, attempt.ticket().priority().jms());
        exchange.getMessage().setBody(SpoolJson.write(check));
    }

    private Duration wait(Attempt attempt, Verdict verdict) {
        if (verdict.stopsLane()) {
            return PAUSE_OF_A_RECIPIENT; // a lane that waits has set the time itself
        }
        Optional<Duration> planned = retries.wait(attempt.check().attempts() + 1);
        Duration wait = planned.orElseGet(() -> attempt.lane().uncertainWait());
        Duration least =
                verdict.action() == Verdict.Action.UNCERTAIN ? attempt.lane().uncertainWait() : verdict.waitAtLeast();
        return wait.compareTo(least) < 0 ? least : wait;
    }
}
