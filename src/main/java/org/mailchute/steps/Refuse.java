package org.mailchute.steps;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;

/**
 * {@code refuse}: input that cannot become mail goes to its intake's rejected place with a reason file beside it; the event
 * that says so is also the answer to an application that asked for one.
 */
public final class Refuse {
    private final Map<String, Intake> intakes;
    private final Spool spool;
    private final Clock clock;

    public Refuse(Map<String, Intake> intakes, Spool spool, Clock clock) {
        this.intakes = intakes;
        this.spool = spool;
        this.clock = clock;
    }

    @Handler
    public void refuse(Exchange exchange) throws IOException {
        Intake intake = Intake.of(exchange, intakes);
        Claimed claimed = Claim.of(exchange);
        Refused refused = Objects.requireNonNull(caught(exchange));
        intake.rejected().reject(claimed, refused, clock.instant());
        spool.discard(claimed.queueId());
        Optional<Ticket> ticket = Optional.ofNullable(exchange.getProperty(MakeTicket.TICKET, Ticket.class));
        Events.write(
                exchange,
                new DeliveryEvent(
                        DeliveryEvent.Kind.REFUSED,
                        clock.instant(),
                        claimed.queueId().value(),
                        ticket.map(Ticket::messageId).orElse(""),
                        intake.label(),
                        "",
                        "",
                        ticket.map(known -> known.reversePath().toString()).orElse(""),
                        ticket.map(known -> Events.texts(known.recipients())).orElse(List.of()),
                        ticket.map(Events::bytes).orElse(0L),
                        0,
                        "",
                        refused.reason(),
                        refused.remedy(),
                        Optional.empty()));
    }

    private static @org.jspecify.annotations.Nullable Refused caught(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        while (fault != null && !(fault instanceof Refused)) {
            fault = fault.getCause();
        }
        return (Refused) fault;
    }
}
