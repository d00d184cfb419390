package org.mailchute.deferred;

import java.util.HashMap;
import java.util.Map;

/** Lanes that opened a moment ago, whose queues are looked into though they are said to be empty. */
final class JustOpened {
    /** Five seconds: what was on its way as the lane opened is there by then. */
    private static final int LOOKS = 10;

    private final Gate gate;

    /** How many looks more. */
    private final Map<String, Integer> left = new HashMap<>();

    private final Map<String, Integer> openings = new HashMap<>();

    JustOpened(Gate gate) {
        this.gate = gate;
    }

    /**
     * At each look, of each lane.
     *
     * @param took how many more it would have taken since the look before
     * @param takes how many it takes until the next
     */
    void look(String lane, long took, long takes) {
        left.computeIfPresent(lane, (name, looks) -> looks > 1 ? looks - 1 : null);
        boolean unseen = wasOpened(lane);
        if (takes > 0 && (took == 0 || unseen)) {
            left.put(lane, LOOKS);
        }
    }

    /** Since the last look, be it that it was closed since. */
    private boolean wasOpened(String lane) {
        int now = gate.openings(lane);
        Integer before = openings.put(lane, now);
        return before != null && before != now;
    }

    boolean contains(String lane) {
        return left.containsKey(lane);
    }
}
