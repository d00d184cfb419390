package org.mailchute.steps;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;
import org.mailchute.lane.Lane;

/** Tells the routes in which queue a delivery waits, and its message until when. */
public enum Waits {
    /** In queues of their own on the broker's disk, from which {@link Deferrals} lets it leave. */
    SHELVED {
        @Override
        void until(Exchange exchange, Lane lane, Instant due) {
            shelve(exchange, Places.DEFERRED, lane, due);
        }

        @Override
        void forLane(Exchange exchange, Lane lane, Instant asks, Optional<Instant> end) {
            shelve(exchange, end.isPresent() ? Places.DEFERRED : Places.lane(lane.name()), lane, end.orElse(asks));
            exchange.getMessage().setHeader(Deferrals.FOR_LANE, true);
        }
    },

    /** In its lane's queue, for a delivery delay: all that a broker need know is JMS. */
    IN_LANE {
        @Override
        void until(Exchange exchange, Lane lane, Instant due) {
            exchange.setProperty(QUEUE, lane.queue());
            exchange.getMessage().setHeader(SCHEDULED, due.toEpochMilli());
        }

        @Override
        void forLane(Exchange exchange, Lane lane, Instant asks, Optional<Instant> end) {
            until(exchange, lane, end.filter(asks::isAfter).orElse(asks));
        }
    };

    /** Exchange property: the queue of what does not leave now. */
    static final String QUEUE = "waitsIn";

    /** For Artemis and for {@code StandardJms}: not delivered before this epoch millisecond. */
    static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    /** Until a time. */
    abstract void until(Exchange exchange, Lane lane, Instant due);

    /**
     * Until its lane opens, or its own end comes.
     *
     * @param asks where nobody tells of that, it asks again then
     */
    abstract void forLane(Exchange exchange, Lane lane, Instant asks, Optional<Instant> end);

    private static void shelve(Exchange exchange, String queue, Lane lane, Instant due) {
        exchange.setProperty(QUEUE, queue);
        Message message = exchange.getMessage();
        message.setHeader(Deferrals.LANE, lane.name());
        message.setHeader(Deferrals.OPTION, lane.option());
        message.setHeader(Deferrals.DUE, due.toEpochMilli());
    }
}
