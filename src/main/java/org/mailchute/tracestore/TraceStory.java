package org.mailchute.tracestore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailchute.trace.DeliveryEvent.Kind;

/** A message and what happened to it, in this order. */
public record TraceStory(TracedMessage message, List<TracedEvent> events) {
    public TraceStory {
        events = List.copyOf(events);
    }

    /**
     * One thing that happened.
     *
     * @param option by which way the lane sends; empty where there was no lane
     * @param recipients whom it is about, with blanks between
     * @param attempt its number, from 1; 0 where nothing was tried
     * @param took milliseconds of the attempt
     * @param next when it is tried again
     */
    public record TracedEvent(
            Instant time,
            Kind kind,
            String lane,
            String option,
            String recipients,
            int attempt,
            long took,
            String reply,
            String reason,
            String remedy,
            Optional<Instant> next) {
        private static final String NO_REPLY = "no reply: ";

        /** What the server said; empty where it said nothing, and what was seen instead stands in the reply's place. */
        public Optional<String> said() {
            return Optional.of(reply).filter(text -> !text.isEmpty() && !text.startsWith(NO_REPLY));
        }
    }
}
