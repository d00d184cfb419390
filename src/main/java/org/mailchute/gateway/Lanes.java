package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;
import org.mailchute.intakes.Swapped;
import org.mailchute.lane.Clearance;
import org.mailchute.lane.Hearing;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneChoice;
import org.mailchute.lane.LaneGate;
import org.mailchute.lane.LaneStops;
import org.mailchute.lane.NextHops;
import org.mailchute.lane.NextTries;
import org.mailchute.lane.Parts;
import org.mailchute.lane.Waits;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.message.MessageComposer;
import org.mailchute.nexthop.RoutingTable;
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

/** The lanes that run: what they share, the beans their routes name, and how each stands. */
final class Lanes implements AutoCloseable {
    private final Supplier<Settings> settings;
    private final Path home;
    private final Surroundings surroundings;
    private final HomeHold hold;
    private final Clock clock;
    private final DiskRoom disk;
    private final BrokerView view;
    private final Swapped<Lane> lanes = new Swapped<>();
    private final LaneNotes heard;

    private final LaneBook book;
    private final MessageComposer composer = new MessageComposer();
    private final LaneChoice choice;
    private final NextHops nextHops;
    private final LaneStops stops;
    private final Optional<Deferrals> deferrals;
    private final ReplyTable replies;
    private final Hearing hearing;

    /**
     * There is none yet.
     *
     * @param settings those that run
     * @param events told when a lane stops or opens
     */
    Lanes(
            Supplier<Settings> settings,
            Surroundings surroundings,
            HomeHold hold,
            Spool spool,
            DiskRoom disk,
            BrokerPools pools,
            BrokerView view,
            Consumer<DeliveryEvent> events)
            throws Exception {
        this.settings = settings;
        this.home = settings.get().home();
        this.surroundings = surroundings;
        this.hold = hold;
        this.clock = surroundings.clock();
        this.heard = new LaneNotes(home, spool, clock, hold.shared());
        this.disk = disk;
        this.view = view;
        this.book = new LaneBook(home.resolve("lanes"), clock, Duration.ofMinutes(5), this::probeCap);
        this.choice = new LaneChoice(lanes, book, composer, clock);
        this.nextHops = new NextHops(() -> new RoutingTable(settings.get().routing()), choice, clock);
        this.stops = new LaneStops(book, clock, events);
        this.deferrals = settings.get().broker().factory().isPresent()
                ? Optional.empty()
                : Optional.of(new Deferrals(
                        pools.plain(),
                        Queues.UNDELIVERABLE,
                        view,
                        new LaneGate(lanes, book, view, disk, clock),
                        clock));
        this.replies = ReplyTable.load(settings.get().replies().stream().toArray(Path[]::new));
        this.hearing = new Hearing(replies);
    }

    private Duration probeCap(String name) {
        return named(name).map(Settings.Lane::probe).orElse(Duration.ofMinutes(15));
    }

    private Optional<Settings.Lane> named(String name) {
        return settings.get().lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst();
    }

    /** By name, in the order written; those that are leaving last. */
    Map<String, Lane> byName() {
        return lanes;
    }

    /** These are all there are, from now on. */
    void swap(Map<String, Lane> all) {
        lanes.swap(all);
    }

    LaneNotes heard() {
        return heard;
    }

    LaneBook book() {
        return book;
    }

    NextHops nextHops() {
        return nextHops;
    }

    LaneStops stops() {
        return stops;
    }

    HomeHold hold() {
        return hold;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** None where the broker itself lets leave what waits. */
    Optional<Deferrals> deferrals() {
        return deferrals;
    }

    Waits waits() {
        return deferrals.isPresent() ? Waits.SHELVED : Waits.IN_LANE;
    }

    /** What the lane furthest behind has to send: what waits in an embedded broker takes memory too. */
    long behind() {
        return lanes.values().stream()
                .mapToLong(lane -> view.count(lane.queue()))
                .max()
                .orElse(0);
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

    /** What the routes of all lanes name. */
    void bind(Registry registry, Spool spool, Supplier<RetrySchedule> retries) {
        registry.bind("checkOut", new CheckOut(spool, lanes, disk));
        registry.bind("admission", new Admission(disk, new Clearance(book, composer, hearing, nextHops, clock)));
        registry.bind("compose", new Compose(composer, spool));
        registry.bind("outcomes", new Outcomes(new Parts(retries, stops)));
        registry.bind("schedule", new Schedule(new NextTries(retries, nextHops, waits(), clock)));
        registry.bind("deadLetters", new DeadLetters(clock));
    }

    /** What a lane's own route names. */
    void bind(Registry registry, Lane lane) {
        registry.bind("lane-" + lane.name(), new LaneSender(hearing, disk, clock, hold.lead()));
        registry.bind("pace-" + lane.name(), lane.allowance().pace());
    }

    /** Holds a lane whose certificate, token or trust file cannot be used now; its probes find out when it can. */
    void holdUnproven(Lane lane) {
        named(lane.name())
                .flatMap(known -> LaneProofs.fault(home, known, clock))
                .ifPresent(fault -> {
                    Reply said = Reply.none(fault.getMessage() + "; " + fault.remedy());
                    stops.stop(
                            lane,
                            said,
                            replies.judge(
                                    lane.nextHop().option(), lane.nextHop().service(), Stage.AUTH, said));
                });
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
        close(lanes.values().stream());
        heard.close();
    }

    /** Sessions and budgets, of lanes that share one once. */
    static void close(Stream<Lane> some) throws IOException {
        Set<Lane> all = some.collect(Collectors.toSet());
        all.stream().map(Lane::sessions).forEach(MailSender::close);
        for (Allowance allowance : all.stream().map(Lane::allowance).collect(Collectors.toSet())) {
            allowance.close();
        }
    }
}
