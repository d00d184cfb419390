package org.mailchute.lane;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;

/** In which queue a delivery waits, and until when its message does. */
public enum Waits {
    /** In queues of their own on the broker's disk, from which {@link Deferrals} lets it leave. */
    SHELVED {
        @Override
        public Place until(Lane lane, Instant due) {
            return shelf(Places.DEFERRED, lane, due);
        }

        @Override
        Place forLane(Lane lane, Instant asks, Optional<Instant> end) {
            return shelf(end.isPresent() ? Places.DEFERRED : Places.lane(lane.name()), lane, end.orElse(asks))
                    .with(Deferrals.FOR_LANE, true);
        }
    },

    /** In its lane's queue, for a delivery delay: all that a broker need know is JMS. */
    IN_LANE {
        @Override
        public Place until(Lane lane, Instant due) {
            return Place.of(lane).with(SCHEDULED, due.toEpochMilli());
        }

        @Override
        Place forLane(Lane lane, Instant asks, Optional<Instant> end) {
            return until(lane, end.filter(asks::isAfter).orElse(asks));
        }
    };

    /** For Artemis and for {@code StandardJms}: not delivered before this epoch millisecond. */
    static final String SCHEDULED = "_AMQ_SCHED_DELIVERY";

    /**
     * Where a delivery goes.
     *
     * @param queue the queue's name
     * @param headers what its message says of its wait; empty when it does not wait
     */
    public record Place(String queue, Map<String, Object> headers) {
        public Place {
            headers = Map.copyOf(headers);
        }

        /** Its lane's queue, at once. */
        static Place of(Lane lane) {
            return new Place(lane.queue(), Map.of());
        }

        private Place with(String header, Object value) {
            Map<String, Object> more = new HashMap<>(headers);
            more.put(header, value);
            return new Place(queue, more);
        }
    }

    /** Until a time. */
    public abstract Place until(Lane lane, Instant due);

    /**
     * Until its lane opens, or its own end comes.
     *
     * @param asks where nobody tells of that, it asks again then
     */
    abstract Place forLane(Lane lane, Instant asks, Optional<Instant> end);

    private static Place shelf(String queue, Lane lane, Instant due) {
        return new Place(
                queue,
                Map.of(
                        Deferrals.LANE, lane.name(),
                        Deferrals.OPTION, lane.option(),
                        Deferrals.DUE, due.toEpochMilli()));
    }
}
