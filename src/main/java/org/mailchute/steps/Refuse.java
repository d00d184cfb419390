package org.mailchute.steps;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.util.ObjectHelper;
import org.mailchute.intake.Refused;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.limits.Lead;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;

/**
 * {@code refuse}: input that cannot become mail goes to its intake's rejected place with a reason file beside it, while there is room;
 * the event that says so is also the answer to an application that asked for one.
 */
public record Refuse(Map<String, ? extends Intake> intakes, Spool spool, Clock clock, Lead lead) {
    static final String REFUSED = "refused";

    @Handler
    public void refuse(Exchange exchange) throws IOException {
        lead.mustHold(); // what is missing of it another gateway may have taken meanwhile
        Intake intake = Intake.of(exchange, intakes);
        Claimed claimed = Claim.of(exchange);
        Refused refused = Objects.requireNonNull(ObjectHelper.getException(
                Refused.class, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        intake.refused().rests(claimed, refused, intake.placeFor(refused), intake.isShared());
        spool.discard(claimed.queueId());
        exchange.setProperty(REFUSED, true);
        DeliveryEvent.Draft event = DeliveryEvent.of(DeliveryEvent.Kind.REFUSED, clock.instant())
                .because("", refused.reason(), refused.remedy())
                .message(claimed.queueId().value(), "", intake.label(), 0)
                .named(claimed.name(), "");
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        if (ticket != null) {
            DeliveryEvents.about(event, ticket, ticket.recipients())
                    .named(claimed.name(), ticket.header().subject());
        }
        Events.write(exchange, event.event(), ticket);
    }
}
