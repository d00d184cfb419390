package org.mailchute.steps;

import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.mailchute.intake.Digested;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event in the queue of one that reads it. */
final class QueuedEvent {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedEvent.class);
    /** Digits of the hash of an event that are its id. */
    private static final int ID = 32;

    private QueuedEvent() {}

    /**
     * @param exchange its body is the event's JSON; what is none is told in the log
     * @param queue whose, for the log
     * @param reader gets the event and its id: the same whenever it comes, since it has its time in it
     */
    static void read(Exchange exchange, String queue, BiConsumer<String, DeliveryEvent> reader) {
        String json = exchange.getMessage().getBody(String.class);
        try {
            reader.accept(Digested.sha256(json).substring(0, ID), EventJson.read(json));
        } catch (IllegalArgumentException e) {
            LOG.error("what is in the {} queue is no event, and is left out: {}", queue, e.getMessage());
        }
    }
}
