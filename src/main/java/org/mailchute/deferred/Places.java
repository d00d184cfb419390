package org.mailchute.deferred;

import java.util.List;

/** The names of the queues in which deliveries wait. */
public final class Places {
    /** For a later time, not sorted yet; also the first part of the names of {@link Slot}s. */
    public static final String DEFERRED = "mailchute.deferred";

    /** All of these, for a broker's settings. */
    public static final String ALL_DEFERRED = DEFERRED + ".#";

    private static final String WAITING = "mailchute.waiting.";

    /** All of {@link #lane}. */
    public static final String ALL_WAITING = WAITING + "#";

    private Places() {}

    /** Whether deliveries wait in this queue, rather than being read from it by a route. */
    public static boolean isOne(String queue) {
        return queue.startsWith(DEFERRED) || queue.startsWith(WAITING);
    }

    /** The queues of all {@link Slot}s: made when needed, or before where a broker may refuse. */
    public static List<String> slots() {
        return Wheel.all().stream().map(Slot::queue).toList();
    }

    /** For this lane to open, as the routes send it. */
    public static String lane(String lane) {
        return WAITING + lane;
    }

    /** Likewise, what has come before that: put together in few transactions, each of which the broker keeps in memory. */
    public static String packed(String lane) {
        return lane(lane) + ".packed";
    }
}
