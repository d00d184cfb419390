package org.mailchute.steps;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mailchute.lane.Attempt;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.lane.Part;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.EventJson;

/**
 * {@code events}: the body becomes the event that tells of it, one method for each stage.
 *
 * @param pages of a message's scan; 0 where nobody wants to know
 */
public record Events(Clock clock, ToIntFunction<Ticket> pages) {
    /** Property of events that tell what became of a delivery: its name, and with them the broker has committed it. */
    static final String DELIVERY = "delivery";

    /** Artemis takes no second message with the same value, for as long as it remembers it. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** Body: the ticket that was enqueued. */
    public void received(Exchange exchange) {
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        write(
                exchange,
                DeliveryEvents.about(draft(Kind.RECEIVED), ticket, ticket.recipients())
                        .named(ticket.source().name(), ticket.header().subject())
                        .ofPages(pages.applyAsInt(ticket))
                        .event(),
                ticket);
        // a second event with this id makes the broker drop the whole transaction; lanes may be others then, this queue
        // is
        // the same, and the broker keeps the ids of each queue in memory
        Optional.ofNullable(exchange.getProperty(MakeTicket.DUPLICATE_ID, String.class))
                .ifPresent(id -> exchange.getMessage().setHeader(DUPLICATE_ID, id));
    }

    /** Body: the accepted {@link Part}. */
    public void accepted(Exchange exchange) {
        Part part = exchange.getMessage().getBody(Part.class);
        Attempt attempt = Attempts.of(exchange);
        write(exchange, of(Kind.ACCEPTED, attempt, part, Optional.empty()).event(), attempt);
    }

    /**
     * Body: JSON of the delivery; the part is a property. A lane that waits is told of once, not for each message; that another lane takes over,
     * for each.
     */
    public void deferred(Exchange exchange) {
        Part part = exchange.getProperty(Schedule.PART, Part.class);
        Attempt attempt = Attempts.of(exchange);
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
        Attempt attempt = Attempts.of(exchange);
        write(exchange, of(Kind.DEAD, attempt, part, Optional.empty()).event(), attempt);
    }

    private DeliveryEvent.Draft of(Kind kind, Attempt attempt, Part part, Optional<Instant> next) {
        return DeliveryEvents.about(draft(kind), attempt, part, next);
    }

    private DeliveryEvent.Draft draft(Kind kind) {
        return DeliveryEvent.of(kind, clock.instant());
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
