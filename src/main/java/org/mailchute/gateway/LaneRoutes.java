package org.mailchute.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.Queues;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.lane.Lane;
import org.mailchute.limits.Burst;
import org.mailchute.management.LaneMeters;
import org.mailchute.settings.Settings;
import org.mailchute.trace.EventMeters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lanes as they begin, change and leave: with queue, route, health and meters. What waits in a queue stays there meanwhile. */
final class LaneRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRoutes.class);

    private final Lanes lanes;
    private final CamelContext context;
    private final BrokerPools pools;
    private final HealthChecks health;
    private final LaneMeters meters;
    private final EventMeters counters;
    /** By lane, the options whose queues it reads: more than its own where it had another before. */
    private final Map<String, Set<String>> options = new HashMap<>();

    LaneRoutes(
            Lanes lanes,
            CamelContext context,
            BrokerPools pools,
            HealthChecks health,
            LaneMeters meters,
            EventMeters counters) {
        this.lanes = lanes;
        this.context = context;
        this.pools = pools;
        this.health = health;
        this.meters = meters;
        this.counters = counters;
    }

    /** Opens those of the settings, and those of an earlier run for which something may wait; none sends anything yet. */
    void open(Settings settings, LaneQueues queues) throws IOException {
        Map<String, Lane> all = made(settings, Map.of());
        for (LaneQueues.Left left : queues.left(settings.lanes())) {
            reads(left.lane()).add(left.option());
            if (!all.containsKey(left.lane())) {
                LOG.info(
                        "lane {} is not in the settings any more: what waits there goes over the lanes that the rules name now",
                        left.lane());
                all.put(left.lane(), LeavingLane.of(left.hop(), lanes.heard().of(left.lane()), lanes.surroundings()));
            }
        }
        lanes.swap(all);
    }

    private Set<String> reads(String lane) {
        return options.computeIfAbsent(lane, name -> new TreeSet<>());
    }

    /** @param kept those that stay as they are, by name */
    private Map<String, Lane> made(Settings settings, Map<String, Lane> kept) throws IOException {
        LaneFactory factory = new LaneFactory(settings, lanes.surroundings(), lanes.hold());
        Map<String, Lane> all = new LinkedHashMap<>();
        for (Settings.Lane lane : settings.lanes()) {
            Lane same = kept.get(lane.name());
            all.put(lane.name(), same == null ? factory.lane(lane, lanes.heard().of(lane.name())) : same);
        }
        return all;
    }

    /** From now on they send. */
    void begin() throws Exception {
        for (Lane lane : lanes.byName().values()) {
            begin(lane);
        }
    }

    /**
     * Exchanges lanes for those of other settings.
     *
     * @param names that change, with those that share a mailbox with them
     * @param taken makes the other settings those that run: the new lanes are there, and no message was moved by the old rules
     */
    void swap(Settings settings, Set<String> names, Runnable taken) throws Exception {
        Map<String, Lane> kept = new LinkedHashMap<>(lanes.byName());
        List<Lane> ending = kept.values().stream()
                .filter(lane -> names.contains(lane.name()))
                .toList();
        end(ending);
        ending.forEach(lane -> kept.remove(lane.name()));
        Map<String, Lane> all = made(settings, kept);
        kept.forEach(all::putIfAbsent); // leaving since earlier
        for (Lane lane : ending) {
            if (!all.containsKey(lane.name())) {
                all.put(lane.name(), LeavingLane.of(lane.nextHop(), lane.heard(), lanes.surroundings()));
            }
        }
        lanes.swap(all);
        taken.run();
        for (Lane lane : all.values()) {
            if (names.contains(lane.name())) {
                begin(lane);
            }
        }
    }

    private void begin(Lane lane) throws Exception {
        Set<String> read = reads(lane.name());
        read.add(lane.option());
        lanes.bind(context.getRegistry(), lane);
        show(lane);
        for (String option : read) {
            addRoute(lane, option);
        }
    }

    private void show(Lane lane) {
        meters.remove(lane.name());
        health.without(lane.name());
        if (!lane.leaving()) {
            meters.add(lane);
            counters.expectBy(lane.name(), lane.option());
            health.with(lane.name(), () -> lanes.book().state(lane.name()));
            lanes.holdUnproven(lane);
        }
    }

    private void addRoute(Lane lane, String option) throws Exception {
        Burst burst = Burst.of(lane.limits().messagesPerMinute());
        TemplatedRouteBuilder.builder(context, "lane")
                .routeId(RouteFiles.laneRoute(option, lane.name()))
                .parameter("option", option)
                .parameter("lane", lane.name())
                .parameter("host", lane.nextHop().host())
                .parameter("port", lane.nextHop().port())
                .parameter("sessions", lane.limits().sessions())
                .parameter("burstPeriod", burst.period().toMillis())
                .add();
    }

    /** What is under way ends; what waits for its turn, or for a message, waits no longer. */
    private void end(List<Lane> some) throws Exception {
        List<String> read = new ArrayList<>();
        for (Lane lane : some) {
            lane.allowance().turns().end();
            reads(lane.name()).forEach(option -> read.add(Queues.lane(option, lane.name())));
        }
        read.forEach(pools::endReceiving);
        try {
            for (Lane lane : some) {
                for (String option : reads(lane.name())) {
                    Routes.remove(context, RouteFiles.laneRoute(option, lane.name()));
                }
            }
        } finally {
            read.forEach(pools::receiveAgain);
        }
        Lanes.close(some.stream());
    }
}
