package org.mailchute.management;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mailchute.lane.Lane;
import org.mailchute.limits.LaneState;

/**
 * One line of {@code mailchute lanes}.
 *
 * @param state open, paused or held, with cause and remedy; or leaving, of one that is not in the settings any more while something waits for it
 * @param waiting deliveries in the lane's queue, those for a later time included; -1 when the broker does not tell
 * @param leavesAt about when a message that is enqueued now leaves; empty when nobody knows, because the lane is held or the
 *     broker does not tell
 * @param slowed how far below its limits the lane goes, because the server complained; empty when it does not
 * @param budgetLeft recipients its mailbox may still send in the current 24 hours; -1 for no limit
 */
public record LaneReport(
        String lane,
        String option,
        String host,
        String state,
        String cause,
        String remedy,
        long waiting,
        Optional<Instant> leavesAt,
        String slowed,
        long budgetLeft) {
    private static final String LEAVING = "leaving";

    public static List<LaneReport> of(Managed gateway) {
        Instant now = gateway.clock().instant();
        return gateway.lanes().values().stream()
                .map(lane -> of(gateway, lane, now))
                .filter(report -> !report.state.equals(LEAVING) || report.waiting != 0)
                .toList();
    }

    private static LaneReport of(Managed gateway, Lane lane, Instant now) {
        LaneState state = lane.leaving() ? new LaneState.Open() : gateway.book().state(lane.name());
        long waiting = gateway.waiting(lane);
        return new LaneReport(
                lane.name(),
                lane.option(),
                lane.nextHop().host() + ":" + lane.nextHop().port(),
                lane.leaving() ? LEAVING : name(state),
                lane.leaving() ? "it is not in the settings any more" : cause(state),
                lane.leaving()
                        ? "nothing: what comes out of it goes over the lanes that the rules name"
                        : remedy(state),
                waiting,
                leavesAt(lane, state, waiting, now),
                lane.allowance().pace().slowed(),
                lane.limits().recipientsPerDay() == 0
                        ? -1
                        : lane.allowance().recipients().left());
    }

    /** After the pause, after the day's budget, and after those before it at the lane's rate. */
    private static Optional<Instant> leavesAt(Lane lane, LaneState state, long waiting, Instant now) {
        if (state instanceof LaneState.Held || waiting < 0) {
            return Optional.empty();
        }
        Instant start =
                state instanceof LaneState.Paused paused && paused.until().isAfter(now) ? paused.until() : now;
        Instant free = lane.allowance().nextFree();
        Duration queue = lane.limits().time(waiting);
        return Optional.of((free.isAfter(start) ? free : start).plus(queue).truncatedTo(ChronoUnit.SECONDS));
    }

    /** In one word. */
    public static String name(LaneState state) {
        if (state instanceof LaneState.Held) {
            return "held";
        }
        return state instanceof LaneState.Paused ? "paused" : "open";
    }

    private static String cause(LaneState state) {
        if (state instanceof LaneState.Held held) {
            return held.cause()
                    + held.nextProbe()
                            .map(probe -> " (next probe " + LocalTime.of(probe) + ")")
                            .orElse("");
        }
        return state instanceof LaneState.Paused paused
                ? paused.cause() + " (until " + LocalTime.of(paused.until()) + ")"
                : "";
    }

    private static String remedy(LaneState state) {
        if (state instanceof LaneState.Held held) {
            return held.remedy();
        }
        return state instanceof LaneState.Paused paused ? paused.remedy() : "";
    }
}
