package org.mailchute.steps;

import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.mailchute.lane.Attempt;
import org.mailchute.lane.NextTries;
import org.mailchute.lane.NextTry;
import org.mailchute.lane.Part;
import org.mailchute.lane.Waits;
import org.mailchute.spool.SpoolJson;

/**
 * {@code schedule}: puts a deferred part where it waits, with the time it may leave, by {@link NextTries}. That is a queue of
 * the broker, so it survives a restart (promise P4).
 */
public record Schedule(NextTries tries) {
    static final String PART = "part";
    static final String NEXT = "next";
    /** Name of the lane that takes over. */
    static final String INSTEAD = "instead";

    /** Exchange property: the queue of what does not leave now. */
    private static final String QUEUE = "waitsIn";

    /** Body: the deferred {@link Part}; afterwards the claim check to enqueue. */
    @Handler
    public void schedule(Exchange exchange) {
        Part part = exchange.getMessage().getBody(Part.class);
        Attempt attempt = Attempts.of(exchange);
        NextTry next = tries.of(attempt, part);
        exchange.setProperty(PART, part);
        exchange.setProperty(NEXT, next.time());
        next.instead().ifPresent(lane -> exchange.setProperty(INSTEAD, lane));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Enqueue.QUEUE_ID, next.check().queueId().value());
        message.setHeader(Enqueue.PRIORITY, attempt.ticket().priority().jms());
        message.setBody(SpoolJson.write(next.check()));
        put(exchange, next.place());
    }

    /** Tells the route in which queue the delivery waits, and its message until when. */
    static void put(Exchange exchange, Waits.Place place) {
        exchange.setProperty(QUEUE, place.queue());
        place.headers().forEach(exchange.getMessage()::setHeader);
    }
}
