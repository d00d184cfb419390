package org.mailchute.management;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.mailchute.cluster.Gateways;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneStops;
import org.mailchute.limits.LaneBook;
import org.mailchute.settings.Settings;
import org.mailchute.spool.DiskRoom;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.Intake;
import org.mailchute.tracestore.TraceStore;

/**
 * What management sees of a running gateway, and does there for an administrator.
 *
 * @param lanes by name, in the order written
 * @param intakes likewise
 * @param stops holds and releases lanes
 * @param inLane deliveries that wait for a lane, in its queue, for it to open, or for a later time; -1 when the broker does not tell
 * @param inQueue messages in a queue; -1 when the broker does not tell
 * @param trace what happened to each message, where that is kept
 * @param settings that it runs by
 * @param reload takes the settings' file anew
 * @param ready whether it can do its work now
 * @param live whether it is worth waiting for
 * @param cluster who works and who stands by, where there are several gateways
 */
public record Managed(
        Clock clock,
        Map<String, Lane> lanes,
        Map<String, Intake> intakes,
        LaneBook book,
        LaneStops stops,
        DeadLetterDesk desk,
        DiskRoom disk,
        ToLongFunction<Lane> inLane,
        ToLongFunction<String> inQueue,
        Optional<TraceStore> trace,
        Supplier<Settings> settings,
        Reloaded.Reload reload,
        Supplier<Health> ready,
        Supplier<Health> live,
        Optional<Supplier<Gateways>> cluster) {
    long waiting(Lane lane) {
        return inLane.applyAsLong(lane);
    }

    long waiting(String queue) {
        return inQueue.applyAsLong(queue);
    }
}
