package org.mailchute.steps;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mailchute.deferred.Deferrals;
import org.mailchute.lane.Lane;
import org.mailchute.lane.Waits;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;

/** {@code enqueue}: a claim check becomes the small message of its lane's queue. */
public final class Enqueue {
    /** Artemis drops a second message with the same value, for as long as it remembers it. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** Property of lane and dead letter messages, so that one can be selected. */
    static final String QUEUE_ID = Deferrals.QUEUE_ID;

    /** What camel-jms makes the message's priority of, with preserveMessageQos. */
    static final String PRIORITY = "JMSPriority";

    private final Map<String, Lane> lanes;
    private final Waits waits;

    public Enqueue(Map<String, Lane> lanes, Waits waits) {
        this.lanes = lanes;
        this.waits = waits;
    }

    @Handler
    public void enqueue(Exchange exchange) {
        ClaimCheck check = exchange.getMessage().getBody(ClaimCheck.class);
        Message message = exchange.getMessage();
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        message.removeHeaders("*");
        String id = exchange.getProperty(MakeTicket.DUPLICATE_ID, String.class);
        if (id != null) {
            message.setHeader(DUPLICATE_ID, id + ":" + number(exchange));
        }
        Lane lane = Objects.requireNonNull(lanes.get(check.lane()));
        address(exchange, lane);
        message.setHeader(QUEUE_ID, check.queueId().value());
        message.setHeader(PRIORITY, ticket.priority().jms());
        // by the ticket alone and not by the clock: a repeat after a crash is known by its queue
        ticket.wishes().notBefore().ifPresent(time -> Schedule.put(exchange, waits.until(lane, time)));
        message.setBody(SpoolJson.write(check));
    }

    /** Tells the route which queue is meant. */
    static void address(Exchange exchange, Lane lane) {
        exchange.setProperty("lane", lane.name());
        exchange.setProperty("option", lane.option());
    }

    private static int number(Exchange exchange) {
        @Nullable Integer index = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
        return index == null ? 0 : index;
    }
}
