package org.mailchute.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mailchute.broker.Queues;
import org.mailchute.lane.Lane;

/**
 * What {@code mailchute lanes} shows, as gauges by lane: {@code mailchute.lane.state} (1 for the state it is in, 0 for the
 * others), {@code mailchute.lane.waiting}, {@code mailchute.lane.budget.left} and {@code .limit} where it has a limit; and
 * {@code mailchute.dead.letters}, {@code mailchute.undeliverable}, {@code mailchute.trace.behind}. A count is NaN where the broker does not tell it.
 */
public final class LaneMeters {
    private static final List<String> STATES = List.of("open", "paused", "held");

    private final MeterRegistry meters;
    private final Managed gateway;

    /** Tells of what is no lane's; of lanes when they are added. */
    public LaneMeters(MeterRegistry meters, Managed gateway) {
        this.meters = meters;
        this.gateway = gateway;
        queue("mailchute.dead.letters", Queues.DEAD_LETTERS, "Messages that wait for a person's decision");
        gateway.trace()
                .ifPresent(trace -> queue(
                        "mailchute.trace.behind", Queues.TRACE, "Events that are not yet written into the trace"));
        queue("mailchute.undeliverable", Queues.UNDELIVERABLE, "Requests and answers that nobody could use");
    }

    /** Its gauges go, since the lane does, or another of its name comes. */
    public void remove(String lane) {
        meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("mailchute.lane.")
                        && lane.equals(meter.getId().getTag("lane")))
                .toList()
                .forEach(meters::remove);
    }

    public void add(Lane lane) {
        for (String state : STATES) {
            gauge("mailchute.lane.state", gateway -> is(lane, state) ? 1 : 0, "1 for the state the lane is in")
                    .tag("lane", lane.name())
                    .tag("state", state)
                    .register(meters);
        }
        ofLane(
                lane,
                "waiting",
                gateway -> count(gateway.waiting(lane)),
                "Deliveries that wait for the lane, those for a later time too");
        long limit = lane.limits().recipientsPerDay();
        if (limit > 0) {
            ofLane(
                    lane,
                    "budget.left",
                    gateway -> lane.allowance().recipients().left(),
                    "Recipients it may still send in 24 hours");
            ofLane(lane, "budget.limit", gateway -> limit, "Recipients it may send in 24 hours");
        }
    }

    private boolean is(Lane lane, String state) {
        return LaneReport.name(gateway.book().state(lane.name())).equals(state);
    }

    private void ofLane(Lane lane, String name, ToDoubleFunction<Managed> value, String description) {
        gauge("mailchute.lane." + name, value, description)
                .tag("lane", lane.name())
                .register(meters);
    }

    private void queue(String name, String queue, String description) {
        gauge(name, gateway -> count(gateway.waiting(queue)), description).register(meters);
    }

    private Gauge.Builder<Managed> gauge(String name, ToDoubleFunction<Managed> value, String description) {
        return Gauge.builder(name, gateway, value).description(description).strongReference(true);
    }

    private static double count(long known) {
        return known < 0 ? Double.NaN : known;
    }
}
