package org.mailchute.limits;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has gone out in a sliding time, as a server sees it that may count anything between our first word and its last. So what
 * is under way counts all the time, and what has ended counts from its end. In buckets, so that a day is some 1,440 numbers;
 * each counts from the end of its bucket. Times are {@link Uptime}'s. Not safe between threads.
 */
final class SlidingCount {
    private static final int BUCKETS = 1_440;

    private final long window;
    private final long grain;
    /** The first millisecond after the bucket, to how much ended in it. */
    private final TreeMap<Long, Long> ended = new TreeMap<>();

    private long underWay;

    SlidingCount(Duration window) {
        this.window = window.toMillis();
        this.grain = Math.max(1, this.window / BUCKETS);
    }

    void begin(long many) {
        underWay += many;
    }

    /** @param used of what was begun; the rest counts no longer */
    void end(long begun, long used, long at) {
        underWay -= begun;
        add(used, at);
    }

    /** Ended then, whenever it began. */
    void add(long used, long at) {
        if (used > 0) {
            ended.merge((Math.floorDiv(at, grain) + 1) * grain, used, Long::sum);
        }
    }

    long used(long now) {
        ended.headMap(now - window, true).clear();
        return underWay + sum(ended);
    }

    /** When so much of it will have left the time, should all that is under way end now. */
    long left(long now, long much) {
        long missing = much;
        for (Map.Entry<Long, Long> bucket : ended.entrySet()) {
            missing -= bucket.getValue();
            if (missing <= 0) {
                return bucket.getKey() + window;
            }
        }
        return now + grain + window;
    }

    /** Bucket by bucket, each with a millisecond of its own that {@link #add} puts there again. */
    Map<Long, Long> byEnd() {
        TreeMap<Long, Long> all = new TreeMap<>();
        ended.forEach((end, used) -> all.put(end - 1, used));
        return all;
    }

    private static long sum(SortedMap<Long, Long> buckets) {
        return buckets.values().stream().mapToLong(Long::longValue).sum();
    }
}
