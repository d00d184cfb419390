package org.mailchute.boot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailchute.steps.Lane;

/**
 * Lets leave what waits for a lane that has opened: at once, and at the next looks again. A delivery that was just being put
 * off when its lane opened was in no queue yet to be woken, and would else wait until its time.
 */
final class Wakes {
    /** Two, as the next look may come at once. */
    private static final int LOOKS = 2;

    private final BrokerView view;
    /** Queue to how often it is looked after yet. */
    private final Map<String, Integer> opened = new ConcurrentHashMap<>();

    Wakes(BrokerView view) {
        this.view = view;
    }

    void opened(Lane lane) {
        opened(lane.queue());
    }

    void opened(String queue) {
        opened.put(queue, LOOKS);
        view.wake(queue);
    }

    /** Call every second or so: longer than it takes to put a delivery off. */
    void look() {
        for (String queue : opened.keySet()) {
            opened.computeIfPresent(queue, (same, left) -> left > 1 ? left - 1 : null);
            view.wake(queue);
        }
    }
}
