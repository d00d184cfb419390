package org.mailchute.limits;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailchute.reply.Option;
import org.mailchute.reply.Verdict;

/** Whether a lane sends. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LaneState.Open.class, name = "open"),
    @JsonSubTypes.Type(value = LaneState.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = LaneState.Held.class, name = "held")
})
public sealed interface LaneState {
    /** Whether a delivery may go out now. */
    boolean mayRun(Instant now);

    /** It sends. */
    record Open() implements LaneState {
        @Override
        public Set<Option> mayFallOver() {
            return Set.of();
        }

        @Override
        public boolean mayRun(Instant now) {
            return true;
        }
    }

    /** Options that could carry its messages meanwhile; see {@link Verdict#mayFallOver()}. */
    Set<Option> mayFallOver();

    /**
     * It waits until a known time and goes on by itself.
     *
     * @param times how many pauses for this cause came one after the other, this one among them
     */
    record Paused(Instant until, String cause, String remedy, Set<Option> mayFallOver, int times) implements LaneState {
        public Paused {
            mayFallOver = known(mayFallOver);
        }

        @Override
        public boolean mayRun(Instant now) {
            return !now.isBefore(until);
        }
    }

    /**
     * It waits for an administrator. Now and then one delivery tries, so that it opens by itself once the fault is gone;
     * unless an administrator holds it.
     *
     * @param nextProbe from when the next delivery may try; empty when none may, because it is held by hand
     * @param probes how many have tried
     */
    record Held(
            Instant since,
            String cause,
            String remedy,
            Set<Option> mayFallOver,
            Optional<Instant> nextProbe,
            int probes)
            implements LaneState {
        public Held {
            mayFallOver = known(mayFallOver);
        }

        @Override
        public boolean mayRun(Instant now) {
            return nextProbe.filter(probe -> !now.isBefore(probe)).isPresent();
        }

        boolean byHand() {
            return nextProbe.isEmpty();
        }
    }

    /** A file of an older version has none. */
    private static Set<Option> known(@Nullable Set<Option> options) {
        return options == null ? Set.of() : Set.copyOf(options);
    }
}
