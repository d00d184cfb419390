package org.mailchute.steps;

import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.lane.Part;
import org.mailchute.reply.Outcome;
import org.mailchute.spool.SpoolJson;

/** {@code deadLetters}: a rejected part becomes the dead letter queue's message. */
public record DeadLetters(Clock clock) {
    /** Body: the rejected {@link Part}; afterwards the {@link DeadLetter}. */
    @Handler
    public void deadLetter(Exchange exchange) {
        Part part = exchange.getMessage().getBody(Part.class);
        Outcome.Rejected rejected = (Outcome.Rejected) part.outcome();
        exchange.setProperty(Schedule.PART, part);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setHeader(
                        Enqueue.QUEUE_ID,
                        Attempts.of(exchange).check().queueId().value());
        exchange.getMessage()
                .setBody(SpoolJson.write(new DeadLetter(
                        Attempts.of(exchange).check().forRecipients(part.recipients()),
                        clock.instant(),
                        rejected.reply().toString(),
                        rejected.verdict().cause(),
                        rejected.verdict().remedy())));
    }
}
