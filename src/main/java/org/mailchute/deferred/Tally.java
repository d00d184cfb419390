package org.mailchute.deferred;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many deliveries of each lane wait for a later time. The queues know it; this saves asking them. */
final class Tally {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    void add(String lane, long more) {
        counts.merge(lane, more, Long::sum);
    }

    /** After a transaction. */
    void add(Tally more) {
        more.counts.forEach(this::add);
    }

    void clear() {
        counts.clear();
    }

    long of(String lane) {
        return Math.max(0, counts.getOrDefault(lane, 0L));
    }
}
