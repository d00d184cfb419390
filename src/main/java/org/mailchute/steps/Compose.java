package org.mailchute.steps;

import jakarta.mail.MessagingException;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.lane.Attempt;
import org.mailchute.message.MessageComposer;
import org.mailchute.spool.Spool;

/** {@code compose}: the MIME message, written only while it is sent; the same octets at every attempt. */
public record Compose(MessageComposer composer, Spool spool) {
    @Handler
    public void compose(Exchange exchange) throws MessagingException {
        Attempt attempt = Attempts.of(exchange);
        exchange.getMessage()
                .setBody(new LaneMessage(
                        attempt,
                        composer.compose(
                                attempt.letter(),
                                number -> spool.payload(attempt.check().queueId(), number))));
    }
}
