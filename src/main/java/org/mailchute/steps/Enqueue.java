package org.mailchute.steps;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.mailchute.deferred.Deferrals;
import org.mailchute.lane.Lane;
import org.mailchute.lane.Waits;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;

/** {@code enqueue}: a claim check becomes the small message of its lane's queue. */
public record Enqueue(Map<String, Lane> lanes, Waits waits) {
    /** Property of lane and dead letter messages, so that one can be selected. */
    static final String QUEUE_ID = Deferrals.QUEUE_ID;

    /** What camel-jms makes the message's priority of, with preserveMessageQos. */
    static final String PRIORITY = "JMSPriority";

    @Handler
    public void enqueue(Exchange exchange) {
        ClaimCheck check = exchange.getMessage().getBody(ClaimCheck.class);
        Message message = exchange.getMessage();
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        message.removeHeaders("*");
        Lane lane = Objects.requireNonNull(lanes.get(check.lane()));
        address(exchange, lane);
        message.setHeader(QUEUE_ID, check.queueId().value());
        message.setHeader(PRIORITY, ticket.priority().jms());
        ticket.wishes().notBefore().ifPresent(time -> Schedule.put(exchange, waits.until(lane, time)));
        message.setBody(SpoolJson.write(check));
    }

    /** Tells the route which queue is meant. */
    static void address(Exchange exchange, Lane lane) {
        exchange.setProperty("lane", lane.name());
        exchange.setProperty("option", lane.option());
    }
}
