package org.mailchute.limits;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

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
        public boolean mayRun(Instant now) {
            return true;
        }
    }

    /** It waits until a known time and goes on by itself. */
    record Paused(Instant until, String cause, String remedy) implements LaneState {
        @Override
        public boolean mayRun(Instant now) {
            return !now.isBefore(until);
        }
    }

    /**
     * It waits for an administrator. Now and then one delivery tries, so that it opens by itself once the fault is gone.
     *
     * @param nextProbe from when the next delivery may try
     * @param probes how many have tried
     */
    record Held(Instant since, String cause, String remedy, Instant nextProbe, int probes) implements LaneState {
        @Override
        public boolean mayRun(Instant now) {
            return !now.isBefore(nextProbe);
        }
    }
}
