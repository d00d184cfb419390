package org.mailchute.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Verdict;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.SpoolJson;

/**
 * {@code schedule}: puts a deferred part back with the time it may leave. The wait is the broker's (scheduled delivery), so
 * it survives a restart (promise P4); a wait that is the lane's fault does not use up the message's life (promise P5).
 */
public final class Schedule {
    static final String PART = "part";
    static final String NEXT = "next";
    /** Artemis: not delivered before this epoch millisecond. */
    static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    private static final Duration PAUSE_OF_A_RECIPIENT = Duration.ofMinutes(30);

    private final RetrySchedule retries;
    private final Clock clock;

    public Schedule(RetrySchedule retries, Clock clock) {
        this.retries = retries;
        this.clock = clock;
    }

    /** Body: the deferred {@link Part}; afterwards the claim check to enqueue. */
    @Handler
    public void schedule(Exchange exchange) {
        Part part = exchange.getMessage().getBody(Part.class);
        Attempt attempt = Attempt.of(exchange);
        Verdict verdict = ((Outcome.Deferred) part.outcome()).verdict();
        ClaimCheck check = attempt.check().forRecipients(part.recipients());
        Instant next = attempt.notBefore().orElseGet(() -> clock.instant().plus(wait(attempt, verdict)));
        ClaimCheck again = verdict.stopsLane() ? check : check.tried(verdict.action() == Verdict.Action.UNCERTAIN);
        exchange.setProperty(PART, part);
        exchange.setProperty(NEXT, next);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Enqueue.QUEUE_ID, check.queueId().value());
        exchange.getMessage().setHeader(SCHEDULED, next.toEpochMilli());
        exchange.getMessage().setBody(SpoolJson.write(again));
    }

    private Duration wait(Attempt attempt, Verdict verdict) {
        if (verdict.stopsLane()) {
            return PAUSE_OF_A_RECIPIENT; // a lane that waits has set the time itself
        }
        Optional<Duration> planned = retries.wait(attempt.check().attempts() + 1);
        Duration wait = planned.orElseGet(() -> attempt.lane().uncertainWait());
        boolean uncertain = verdict.action() == Verdict.Action.UNCERTAIN;
        return uncertain && wait.compareTo(attempt.lane().uncertainWait()) < 0
                ? attempt.lane().uncertainWait()
                : wait;
    }
}
