package org.mailchute.steps;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.SpoolJson;
import org.mailchute.spool.Ticket;

/** {@code enqueue}: a claim check becomes the small message of its lane's queue. */
public final class Enqueue {
    /** Artemis drops a second message with the same value, for as long as it remembers it. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** Property of lane and dead letter messages, so that one can be selected. */
    static final String QUEUE_ID = "queueId";

    /** What camel-jms makes the message's priority of, with preserveMessageQos. */
    static final String PRIORITY = "JMSPriority";

    private final Map<String, Lane> lanes;

    public Enqueue(Map<String, Lane> lanes) {
        this.lanes = lanes;
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
        address(exchange, Objects.requireNonNull(lanes.get(check.lane())));
        message.setHeader(QUEUE_ID, check.queueId().value());
        message.setHeader(PRIORITY, ticket.priority().jms());
        // the broker holds it back (scheduled delivery), so it waits through a restart too
        ticket.wishes().notBefore().ifPresent(time -> message.setHeader(Schedule.SCHEDULED, time.toEpochMilli()));
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
