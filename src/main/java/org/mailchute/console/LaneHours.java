package org.mailchute.console;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailchute.trace.DeliveryEvent;

/** Recipients by lane and hour, of the last 24 and since the start. Safe between threads. */
public final class LaneHours {
    private static final int HOURS = 24;

    private final Clock clock;
    private final Map<String, Deque<Hour>> lanes = new HashMap<>();

    public LaneHours(Clock clock) {
        this.clock = clock;
    }

    /**
     * One hour of a lane.
     *
     * @param number since 1970
     * @param accepted recipients
     * @param dead likewise
     */
    public record Hour(long number, long accepted, long dead) {
        public long all() {
            return accepted + dead;
        }

        private Hour with(DeliveryEvent event) {
            int recipients = event.recipients().size();
            return event.kind() == DeliveryEvent.Kind.DEAD
                    ? new Hour(number, accepted, dead + recipients)
                    : new Hour(number, accepted + recipients, dead);
        }
    }

    /** Counts it, where something ended. */
    public synchronized void count(DeliveryEvent event) {
        if (event.kind() != DeliveryEvent.Kind.ACCEPTED && event.kind() != DeliveryEvent.Kind.DEAD) {
            return;
        }
        Deque<Hour> hours = lanes.computeIfAbsent(event.lane(), lane -> new ArrayDeque<>());
        long now = now();
        Hour last = hours.peekLast();
        Hour present = last != null && last.number() == now ? hours.removeLast() : new Hour(now, 0, 0);
        hours.addLast(present.with(event));
        while (hours.size() > HOURS) {
            hours.removeFirst();
        }
    }

    private long now() {
        return clock.instant().getEpochSecond() / Duration.ofHours(1).toSeconds();
    }

    /** The last 24, the present one last; those without anything too. */
    synchronized List<Hour> of(String lane) {
        Map<Long, Hour> known = new HashMap<>();
        lanes.getOrDefault(lane, new ArrayDeque<>()).forEach(hour -> known.put(hour.number(), hour));
        List<Hour> all = new ArrayList<>();
        for (long number = now() - HOURS + 1; number <= now(); number++) {
            all.add(known.getOrDefault(number, new Hour(number, 0, 0)));
        }
        return all;
    }
}
