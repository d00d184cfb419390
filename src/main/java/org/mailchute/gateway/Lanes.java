package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.Registry;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.lane.Clearance;
import org.mailchute.lane.Hearing;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneChoice;
import org.mailchute.lane.LaneGate;
import org.mailchute.lane.LaneStops;
import org.mailchute.lane.NextTries;
import org.mailchute.lane.Parts;
import org.mailchute.lane.Waits;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.Burst;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.message.MessageComposer;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.settings.Settings;
import org.mailchute.smtp.MailSender;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Spool;
import org.mailchute.steps.Admission;
import org.mailchute.steps.CheckOut;
import org.mailchute.steps.Compose;
import org.mailchute.steps.DeadLetters;
import org.mailchute.steps.LaneSender;
import org.mailchute.steps.Outcomes;
import org.mailchute.steps.Schedule;
import org.mailchute.trace.DeliveryEvent;

/** The lanes of the settings: what they share, the beans their routes name, and how each stands. */
final class Lanes implements AutoCloseable {
    /** Deliveries in a lane's queue; more make it no faster. */
    private static final int PLENTY = 2_000;

    private final Settings settings;
    private final Clock clock;
    private final BrokerView view;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final LaneBook book;
    private final MessageComposer composer = new MessageComposer();
    private final LaneChoice choice;
    private final LaneStops stops;
    private final Optional<Deferrals> deferrals;
    private final ReplyTable replies;

    /** @param events told when a lane stops or opens */
    Lanes(
            Settings settings,
            Surroundings surroundings,
            Spool spool,
            DiskRoom disk,
            BrokerPools pools,
            BrokerView view,
            Consumer<DeliveryEvent> events)
            throws Exception {
        this.settings = settings;
        this.clock = surroundings.clock();
        this.view = view;
        LaneFactory factory = new LaneFactory(settings, surroundings);
        for (Settings.Lane lane : settings.lanes()) {
            lanes.put(lane.name(), factory.lane(lane, spool));
        }
        this.book = new LaneBook(settings.home().resolve("lanes"), clock, Duration.ofMinutes(5), this::probeCap);
        this.choice = new LaneChoice(lanes, book, composer, clock);
        this.stops = new LaneStops(book, clock, events);
        this.deferrals = settings.broker().factory().isPresent()
                ? Optional.empty()
                : Optional.of(new Deferrals(
                        pools.plain(),
                        Queues.UNDELIVERABLE,
                        view,
                        new LaneGate(lanes, book, view, disk, clock),
                        clock));
        this.replies = ReplyTable.load(settings.replies().stream().toArray(Path[]::new));
    }

    private Duration probeCap(String name) {
        return settings.lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .map(Settings.Lane::probe)
                .orElse(Duration.ofMinutes(15));
    }

    /** By name, in the order written. */
    Map<String, Lane> byName() {
        return lanes;
    }

    LaneBook book() {
        return book;
    }

    LaneChoice choice() {
        return choice;
    }

    LaneStops stops() {
        return stops;
    }

    /** None where the broker itself lets leave what waits. */
    Optional<Deferrals> deferrals() {
        return deferrals;
    }

    Waits waits() {
        return deferrals.isPresent() ? Waits.SHELVED : Waits.IN_LANE;
    }

    /** Whether some lane has more to send than keeps it busy for a while: what waits in an embedded broker takes memory too. */
    boolean isBehind() {
        return lanes.values().stream().anyMatch(lane -> view.count(lane.queue()) > PLENTY);
    }

    /** Deliveries that wait for a lane; -1 when the broker does not tell. */
    long waiting(Lane lane) {
        long ready = view.count(lane.queue());
        return ready < 0
                ? ready
                : ready
                        + Math.max(0, view.count(Places.lane(lane.name())))
                        + Math.max(0, view.count(Places.packed(lane.name())))
                        + deferrals.map(waits -> waits.waiting(lane.name())).orElse(0L);
    }

    /** What the lanes' routes name. */
    void bind(Registry registry, Spool spool, DiskRoom disk, RetrySchedule retries) {
        Hearing hearing = new Hearing(replies);
        registry.bind("checkOut", new CheckOut(spool, lanes, disk));
        registry.bind("admission", new Admission(disk, new Clearance(book, composer, hearing, clock)));
        registry.bind("compose", new Compose(composer, spool));
        registry.bind("outcome", new Outcomes(new Parts(retries, stops)));
        registry.bind("schedule", new Schedule(new NextTries(retries, choice, waits(), clock)));
        registry.bind("deadLetter", new DeadLetters(clock));
        lanes.values().forEach(lane -> {
            registry.bind("lane-" + lane.name(), new LaneSender(hearing, disk, clock));
            registry.bind("pace-" + lane.name(), lane.allowance().pace());
        });
    }

    /** One route per lane. */
    void addRoutes(CamelContext context) throws Exception {
        for (Lane lane : lanes.values()) {
            Burst burst = Burst.of(lane.limits().messagesPerMinute());
            TemplatedRouteBuilder.builder(context, "lane")
                    .routeId(RouteFiles.laneRoute(lane.option(), lane.name()))
                    .parameter("option", lane.option())
                    .parameter("lane", lane.name())
                    .parameter("host", lane.nextHop().host())
                    .parameter("port", lane.nextHop().port())
                    .parameter("sessions", lane.limits().sessions())
                    .parameter("burstPeriod", burst.period().toMillis())
                    .add();
        }
    }

    /** Holds the lanes whose certificate, token or trust file cannot be used now; their probes find out when it can. */
    void holdUnproven() {
        for (Settings.Lane lane : settings.lanes()) {
            LaneProofs.fault(settings.home(), lane, clock).ifPresent(fault -> {
                Reply said = Reply.none(fault.getMessage() + "; " + fault.remedy());
                stops.stop(
                        Objects.requireNonNull(lanes.get(lane.name())),
                        said,
                        replies.judge(lane.nextHop().option(), lane.nextHop().service(), Stage.AUTH, said));
            });
        }
    }

    /** A lane's notes hear which delivery does not come again. */
    void committed(String name, String delivery) {
        Lane lane = lanes.get(name); // may have been taken out of the settings
        if (lane != null) {
            lane.heard().committed(delivery);
        }
    }

    void reapSessions() {
        lanes.values().forEach(lane -> lane.sessions().reap());
    }

    /** So that a stop need not wait for a message that waits for its turn. */
    void endTurns() {
        lanes.values().forEach(lane -> lane.allowance().turns().end());
    }

    @Override
    public void close() throws IOException {
        lanes.values().stream().map(Lane::sessions).forEach(MailSender::close);
        for (Allowance allowance : allowances()) {
            allowance.close();
        }
        for (Lane lane : lanes.values()) {
            lane.heard().close();
        }
    }

    /** Of lanes that share one, once. */
    private Set<Allowance> allowances() {
        return lanes.values().stream().map(Lane::allowance).collect(Collectors.toSet());
    }
}
