package org.mailchute.gateway;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.mailchute.border.Acceptor;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.credentials.CredentialException;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;
import org.mailchute.intakes.Ground;
import org.mailchute.intakes.IntakeKind;
import org.mailchute.intakes.Intakes;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneChoice;
import org.mailchute.lane.LaneGate;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.Burst;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.management.Managed;
import org.mailchute.message.MessageComposer;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.settings.Settings;
import org.mailchute.smtp.SessionPool;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Spool;
import org.mailchute.steps.Accept;
import org.mailchute.steps.Admission;
import org.mailchute.steps.AlreadyEnqueued;
import org.mailchute.steps.BrokerTransaction;
import org.mailchute.steps.CheckOut;
import org.mailchute.steps.Compose;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.DeadLetters;
import org.mailchute.steps.Enqueue;
import org.mailchute.steps.Events;
import org.mailchute.steps.Hearing;
import org.mailchute.steps.Intake;
import org.mailchute.steps.Keep;
import org.mailchute.steps.LaneSender;
import org.mailchute.steps.LaneStops;
import org.mailchute.steps.NextHops;
import org.mailchute.steps.Outcomes;
import org.mailchute.steps.Schedule;
import org.mailchute.steps.Waits;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;
import org.springframework.jms.connection.JmsTransactionManager;

/** Puts the rooms together and gives the routes their beans, by the names the route files use. */
final class Wiring implements Managed, AutoCloseable {
    private final Settings settings;
    private final Clock clock;
    private final Spool spool;
    private final BrokerView view;
    private final CamelContext context = new DefaultCamelContext();
    private final Intakes intakes;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final LaneBook book;
    private final MessageComposer composer = new MessageComposer();
    private final LaneChoice choice;
    private final ProducerTemplate events = context.createProducerTemplate();
    private final LaneStops stops;
    private final DiskRoom disk;
    private final DeadLetterDesk desk;
    private final Optional<Deferrals> deferrals;
    private final ReplyTable replies;

    Wiring(Settings settings, Surroundings surroundings, Spool spool, BrokerPools pools, BrokerView view)
            throws Exception {
        this.settings = settings;
        this.clock = surroundings.clock();
        this.spool = spool;
        this.view = view;
        this.book = new LaneBook(
                settings.home().resolve("lanes"), clock, Duration.ofMinutes(5), lane -> probeCap(settings, lane));
        LaneFactory factory = new LaneFactory(settings, surroundings);
        for (Settings.Lane lane : settings.lanes()) {
            lanes.put(lane.name(), factory.lane(lane, spool));
        }
        RoutingTable table = new RoutingTable(settings.routing());
        this.desk = new DeadLetterDesk(pools.plain(), spool, table, lanes, clock);
        this.choice = new LaneChoice(lanes, book, composer, clock);
        this.stops = new LaneStops(book, clock, this::publish);
        this.disk = DiskRoom.of(settings.home());
        this.deferrals = settings.broker().factory().isPresent()
                ? Optional.empty()
                : Optional.of(new Deferrals(
                        pools.plain(),
                        Queues.UNDELIVERABLE,
                        view,
                        new LaneGate(lanes, book, view, disk, clock),
                        clock));
        this.replies = ReplyTable.load(settings.replies().stream().toArray(Path[]::new));
        prepareContext(pools.shared());
        this.intakes = Intakes.open(new Ground(settings, spool, disk, context, pools, clock));
        RetrySchedule retries = new RetrySchedule(settings.retry(), 0.1, surroundings.chance());
        bindAcceptSteps(table);
        bindLaneSteps(retries);
    }

    private static Duration probeCap(Settings settings, String name) {
        return settings.lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .map(lane -> lane.timing().probe())
                .orElse(Duration.ofMinutes(15));
    }

    /** All queues that must exist before anything starts. */
    static List<String> queues(Settings settings) {
        List<String> names = new ArrayList<>(List.of(Queues.EVENTS, Queues.DEAD_LETTERS, Queues.UNDELIVERABLE));
        names.add(Places.DEFERRED);
        settings.lanes().forEach(lane -> {
            names.add(Queues.lane(lane.nextHop().option().label(), lane.name()));
            names.add(Places.lane(lane.name()));
        });
        settings.jms().forEach(intake -> names.add(intake.queue()));
        settings.broker().accept().stream().flatMap(Acceptor::answers).forEach(names::add);
        names.addAll(answers(settings, "queue:"));
        names.removeAll(topics(settings));
        return names;
    }

    /** Topics for answers; subscribers must find them. */
    static List<String> topics(Settings settings) {
        return answers(settings, "topic:");
    }

    private static List<String> answers(Settings settings, String kind) {
        return settings.jms().stream()
                .flatMap(intake -> intake.requests().answers().stream())
                .filter(place -> place.startsWith(kind))
                .map(place -> place.substring(kind.length()))
                .toList();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean isStarted() {
        return context.isStarted();
    }

    CamelContext context() {
        return context;
    }

    @Override
    public Map<String, Intake> intakes() {
        return intakes.byName();
    }

    /** Each of its kind. */
    Collection<IntakeKind> kinds() {
        return intakes.all();
    }

    @Override
    public Map<String, Lane> lanes() {
        return lanes;
    }

    private void publish(DeliveryEvent event) {
        events.sendBody("jms:queue:" + Queues.EVENTS, EventJson.write(event));
    }

    /** Holds the lanes whose certificate, token or trust file cannot be used now; their probes find out when it can. */
    void holdUnproven() {
        for (Settings.Lane lane : settings.lanes()) {
            Optional<CredentialException> fault = LaneProofs.fault(settings.home(), lane, clock);
            if (fault.isPresent()) {
                Reply said =
                        Reply.none(fault.get().getMessage() + "; " + fault.get().remedy());
                stops.stop(
                        Objects.requireNonNull(lanes.get(lane.name())),
                        said,
                        replies.judge(lane.nextHop().option(), Stage.AUTH, said));
            }
        }
    }

    @Override
    public LaneStops stops() {
        return stops;
    }

    @Override
    public LaneBook book() {
        return book;
    }

    @Override
    public DiskRoom disk() {
        return disk;
    }

    @Override
    public DeadLetterDesk desk() {
        return desk;
    }

    @Override
    public long waiting(Lane lane) {
        long ready = waiting(lane.queue());
        return ready < 0
                ? ready
                : ready
                        + Math.max(0, waiting(Places.lane(lane.name())))
                        + deferrals.map(waits -> waits.waiting(lane.name())).orElse(0L);
    }

    @Override
    public long waiting(String queue) {
        return view.count(queue);
    }

    void sweepArchives() {
        kinds().forEach(IntakeKind::sweep);
    }

    /** None where the broker itself lets leave what waits. */
    Optional<Deferrals> deferrals() {
        return deferrals;
    }

    void reapSessions() {
        lanes.values().forEach(lane -> lane.sessions().reap());
    }

    private void prepareContext(ConnectionFactory broker) {
        context.getCamelContextExtension().setName("mailchute");
        context.disableJMX();
        context.setStreamCaching(false);
        context.setLogMask(true);
        context.getShutdownStrategy().setTimeout(30);
        JmsComponent jms = JmsComponent.jmsComponent(broker);
        jms.getConfiguration().setRecoveryInterval(1_000);
        // a stop waits for the receive under way, a second unless told
        jms.getConfiguration().setReceiveTimeout(200);
        context.addComponent("jms", jms);
        bind("brokerTransaction", new BrokerTransaction(new JmsTransactionManager(broker)));
    }

    @Override
    public List<String> unpolled() {
        return intakes.unpolled();
    }

    @Override
    public List<String> deaf() {
        return intakes.deaf();
    }

    @Override
    public List<String> overfull() {
        return intakes.overfull();
    }

    /** Whether so much of its input was refused and rests in home that there is to be no more. */
    boolean isOverfull(String intake) {
        return intakes.isOverfull(intake);
    }

    private void bindAcceptSteps(RoutingTable table) {
        bind("accept", new Accept(settings.policy()));
        bind("keep", new Keep(spool));
        bind("nextHop", new NextHops(table, choice, clock));
        bind("enqueue", new Enqueue(lanes, waits()));
        bind("events", new Events(clock));
        bind("alreadyEnqueued", new AlreadyEnqueued(spool));
    }

    /** Tells its intake what was committed, and a lane's notes which delivery does not come again. */
    void committed(DeliveryEvent event, Optional<String> delivery) {
        intakes.committed(event);
        Lane lane = lanes.get(event.lane()); // may have been taken out of the settings
        if (lane != null) {
            delivery.ifPresent(lane.heard()::committed);
        }
    }

    private void bindLaneSteps(RetrySchedule retries) {
        bind("checkOut", new CheckOut(spool, lanes, disk));
        Hearing hearing = new Hearing(replies);
        bind("admission", new Admission(book, composer, disk, hearing, clock));
        bind("compose", new Compose(composer, spool));
        bind("outcome", new Outcomes(retries, stops));
        bind("schedule", new Schedule(retries, choice, waits(), clock));
        bind("deadLetter", new DeadLetters(clock));
        lanes.values().forEach(lane -> {
            bind("lane-" + lane.name(), new LaneSender(hearing, disk, clock));
            bind("pace-" + lane.name(), lane.allowance().pace());
        });
    }

    private Waits waits() {
        return deferrals.isPresent() ? Waits.SHELVED : Waits.IN_LANE;
    }

    private void bind(String name, Object bean) {
        Registry registry = context.getRegistry();
        registry.bind(name, bean);
    }

    /** One route per lane. */
    void addLanes() throws Exception {
        for (Lane lane : lanes.values()) {
            Burst burst = Burst.of(lane.limits().messagesPerMinute());
            TemplatedRouteBuilder.builder(context, "lane")
                    .routeId(lane.option() + "-" + lane.name())
                    .parameter("option", lane.option())
                    .parameter("lane", lane.name())
                    .parameter("host", lane.nextHop().host())
                    .parameter("port", lane.nextHop().port())
                    .parameter("sessions", lane.limits().sessions())
                    .parameter("burstPeriod", burst.period().toMillis())
                    .add();
        }
    }

    /** One route per intake. Last of all, so that everything behind them is up. */
    void addIntakes() throws Exception {
        for (IntakeKind kind : kinds()) {
            kind.addRoute();
        }
    }

    /** So that a stop need not wait for a message that waits for its turn. */
    void endTurns() {
        lanes.values().forEach(lane -> lane.allowance().turns().end());
    }

    @Override
    public void close() throws IOException {
        lanes.values().stream().map(Lane::sessions).forEach(SessionPool::close);
        for (Allowance allowance : allowances()) {
            allowance.close();
        }
        for (Lane lane : lanes.values()) {
            lane.heard().close();
        }
        intakes.close();
    }

    /** Of lanes that share one, once. */
    private Set<Allowance> allowances() {
        return lanes.values().stream().map(Lane::allowance).collect(Collectors.toSet());
    }
}
