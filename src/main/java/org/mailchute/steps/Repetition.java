package org.mailchute.steps;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.request.Repeated;
import org.mailchute.request.RequestBook;
import org.mailchute.spool.Spool;
import org.mailchute.trace.DeliveryEvent;

/** {@code repetition}: a request that was received before is not mailed again; its application hears which one it was. */
public record Repetition(Map<String, ? extends Intake> intakes, Spool spool, Clock clock) {
    @Handler
    public void tell(Exchange exchange) throws IOException {
        spool.discard(Claim.of(exchange).queueId());
        RequestBook.Entry before = Objects.requireNonNull(
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Repeated.class))
                .before();
        DeliveryEvent event = DeliveryEvent.of(DeliveryEvent.Kind.REPEATED, clock.instant())
                .because("", "the same request was received at " + before.time(), "")
                .message(
                        before.queueId().value(),
                        "",
                        Intake.of(exchange, intakes).label(),
                        0)
                .event();
        Events.write(exchange, event, null);
    }
}
