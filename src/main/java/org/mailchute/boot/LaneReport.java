package org.mailchute.boot;

import java.util.List;
import org.mailchute.limits.LaneState;
import org.mailchute.steps.Lane;

/**
 * One line of {@code mailchute lanes}.
 *
 * @param state open, paused or held, with cause and remedy
 * @param waiting deliveries in the lane's queue, those for a later time included; -1 when the broker is elsewhere
 * @param budgetLeft recipients the lane may still send in the current 24 hours; -1 for no limit
 */
record LaneReport(
        String lane,
        String option,
        String host,
        String state,
        String cause,
        String remedy,
        long waiting,
        long budgetLeft) {
    static List<LaneReport> of(Wiring wiring) {
        return wiring.lanes().values().stream().map(lane -> of(wiring, lane)).toList();
    }

    private static LaneReport of(Wiring wiring, Lane lane) {
        LaneState state = wiring.book().state(lane.name());
        return new LaneReport(
                lane.name(),
                lane.option(),
                lane.nextHop().host() + ":" + lane.nextHop().port(),
                name(state),
                cause(state),
                remedy(state),
                wiring.waiting(lane),
                lane.limits().recipientsPerDay() == 0 ? -1 : lane.budget().left());
    }

    private static String name(LaneState state) {
        if (state instanceof LaneState.Held) {
            return "held";
        }
        return state instanceof LaneState.Paused ? "paused" : "open";
    }

    private static String cause(LaneState state) {
        if (state instanceof LaneState.Held held) {
            return held.cause()
                    + held.nextProbe().map(probe -> "; next probe " + probe).orElse("");
        }
        return state instanceof LaneState.Paused paused ? paused.cause() + "; until " + paused.until() : "";
    }

    private static String remedy(LaneState state) {
        if (state instanceof LaneState.Held held) {
            return held.remedy();
        }
        return state instanceof LaneState.Paused paused ? paused.remedy() : "";
    }
}
