package org.mailchute.steps;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Verdict;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.DeliveryEvent.Timing;
import org.mailchute.trace.EventJson;

/** {@code received}, {@code acceptedEvent}, {@code deferredEvent}, {@code deadLetterEvent}: the body becomes the event. */
public final class Events {
    /** Property of events that tell what became of a delivery: its name, and with them the broker has committed it. */
    static final String DELIVERY = "delivery";

    /** Artemis takes no second message with the same value, for as long as it remembers it. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private static final String HEARD_BEFORE =
            "heard before the gateway ended, or before the broker failed; not sent again";

    private final Clock clock;

    public Events(Clock clock) {
        this.clock = clock;
    }

    /** Body: the ticket that was enqueued. */
    public void received(Exchange exchange) {
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        write(exchange, about(Kind.RECEIVED, ticket, ticket.recipients()).event(), ticket);
        // with this one the whole transaction is dropped. Lanes may be others the second time, this queue is always the
        // same;
        // and the broker keeps the ids of each queue in memory
        Optional.ofNullable(exchange.getProperty(MakeTicket.DUPLICATE_ID, String.class))
                .ifPresent(id -> exchange.getMessage().setHeader(DUPLICATE_ID, id));
    }

    /** Body: the accepted {@link Part}. */
    public void accepted(Exchange exchange) {
        Part part = exchange.getMessage().getBody(Part.class);
        Attempt attempt = Attempt.of(exchange);
        write(exchange, of(Kind.ACCEPTED, attempt, part, Optional.empty()).event(), attempt);
    }

    /**
     * Body: JSON of the delivery; the part is a property. A lane that waits is told of once, not for each message; that another lane takes over,
     * for each.
     */
    public void deferred(Exchange exchange) {
        Part part = exchange.getProperty(Schedule.PART, Part.class);
        Attempt attempt = Attempt.of(exchange);
        String instead = exchange.getProperty(Schedule.INSTEAD, String.class);
        if (!attempt.asked() && instead == null) {
            exchange.getMessage().setBody(null);
            return;
        }
        Instant next = exchange.getProperty(Schedule.NEXT, Instant.class);
        DeliveryEvent.Draft event = of(Kind.DEFERRED, attempt, part, Optional.of(next));
        write(exchange, (instead == null ? event : event.takenOver(instead)).event(), attempt);
    }

    /** Body: JSON of the dead letter; the part is a property. */
    public void dead(Exchange exchange) {
        Part part = exchange.getProperty(Schedule.PART, Part.class);
        Attempt attempt = Attempt.of(exchange);
        write(exchange, of(Kind.DEAD, attempt, part, Optional.empty()).event(), attempt);
    }

    private DeliveryEvent.Draft of(Kind kind, Attempt attempt, Part part, Optional<Instant> next) {
        Optional<Verdict> verdict = verdict(part.outcome());
        return about(kind, attempt.ticket(), part.recipients())
                .envelope(attempt.envelope().reversePath().toString(), texts(part.recipients()))
                .over(attempt.lane().name(), attempt.lane().option())
                .tried(
                        attempt.check().attempts() + 1,
                        new Timing(attempt.check().queuedAt(), attempt.took()))
                .because(
                        part.outcome().reply().toString(),
                        verdict.map(Verdict::cause).orElse(attempt.sentBefore().isPresent() ? HEARD_BEFORE : ""),
                        verdict.map(Verdict::remedy).orElse(""))
                .until(next);
    }

    private DeliveryEvent.Draft about(Kind kind, Ticket ticket, List<ForwardPath> recipients) {
        return about(DeliveryEvent.of(kind, clock.instant()), ticket, recipients);
    }

    static DeliveryEvent.Draft about(DeliveryEvent.Draft event, Ticket ticket, List<ForwardPath> recipients) {
        return event.message(ticket.queueId().value(), ticket.messageId(), source(ticket), bytes(ticket))
                .envelope(ticket.reversePath().toString(), texts(recipients));
    }

    static Optional<Verdict> verdict(Outcome outcome) {
        if (outcome instanceof Outcome.Deferred deferred) {
            return Optional.of(deferred.verdict());
        }
        return outcome instanceof Outcome.Rejected rejected ? Optional.of(rejected.verdict()) : Optional.empty();
    }

    private static List<String> texts(List<ForwardPath> recipients) {
        return recipients.stream().map(ForwardPath::toString).toList();
    }

    static String source(Ticket ticket) {
        return ticket.source().kind() + ":" + ticket.source().intake();
    }

    private static long bytes(Ticket ticket) {
        return ticket.payloads().stream().mapToLong(Ticket.Payload::size).sum();
    }

    private static void write(Exchange exchange, DeliveryEvent event, Attempt attempt) {
        write(exchange, event, attempt.ticket());
        exchange.getMessage().setHeader(DELIVERY, attempt.delivery());
    }

    /** @param ticket whose application may want to hear of it; null when there is none yet */
    static void write(Exchange exchange, DeliveryEvent event, @Nullable Ticket ticket) {
        exchange.getMessage().removeHeaders("*");
        Answers.address(exchange, ticket);
        exchange.getMessage().setBody(EventJson.write(event));
    }
}
