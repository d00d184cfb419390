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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.mailchute.border.Acceptor;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.broker.Reception;
import org.mailchute.credentials.CredentialException;
import org.mailchute.deadletter.Decisions;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.PickupTicket;
import org.mailchute.intake.ReadyTicket;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.RejectedRoom;
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
import org.mailchute.limits.Burst;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.listener.ListenerServer;
import org.mailchute.management.Managed;
import org.mailchute.message.HeaderPolicy;
import org.mailchute.message.MessageComposer;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.polled.PolledServer;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.request.Requests;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SmtpIntake;
import org.mailchute.smtp.SessionPool;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Spool;
import org.mailchute.steps.Accept;
import org.mailchute.steps.Admission;
import org.mailchute.steps.AlreadyEnqueued;
import org.mailchute.steps.BrokerTransaction;
import org.mailchute.steps.CheckOut;
import org.mailchute.steps.Claim;
import org.mailchute.steps.Compose;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.DeadLetters;
import org.mailchute.steps.Enqueue;
import org.mailchute.steps.Events;
import org.mailchute.steps.FolderFiles;
import org.mailchute.steps.Intake;
import org.mailchute.steps.Keep;
import org.mailchute.steps.LaneSender;
import org.mailchute.steps.MakeTicket;
import org.mailchute.steps.Outcomes;
import org.mailchute.steps.PickupFiles;
import org.mailchute.steps.PollTrouble;
import org.mailchute.steps.ReadMessage;
import org.mailchute.steps.ReadRequest;
import org.mailchute.steps.ReadyFiles;
import org.mailchute.steps.Refuse;
import org.mailchute.steps.Repetition;
import org.mailchute.steps.RestingFiles;
import org.mailchute.steps.SafeNames;
import org.mailchute.steps.Schedule;
import org.mailchute.steps.SmtpInbox;
import org.mailchute.steps.TakeAway;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;
import org.springframework.jms.connection.JmsTransactionManager;

/** Puts the rooms together and gives the routes their beans, by the names the route files use. */
final class Wiring implements Managed, AutoCloseable {
    private final Settings settings;
    private final Clock clock;
    private final Spool spool;
    private final BrokerView view;
    private final CamelContext context = new DefaultCamelContext();
    private final Map<String, Intake> intakes = new LinkedHashMap<>();
    private final Map<String, PollTrouble> polls = new LinkedHashMap<>();
    private final Map<String, Requests> requests = new LinkedHashMap<>();
    private final Map<String, Reception> receptions = new LinkedHashMap<>();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final LaneBook book;
    private final FolderPlaces places;
    private final MessageComposer composer = new MessageComposer();
    private final LaneChoice choice;
    private final ProducerTemplate events = context.createProducerTemplate();
    private final LaneStops stops;
    private final DiskRoom disk;
    private final DeadLetterDesk desk;
    private final Optional<Deferrals> deferrals;
    private final AcceptPolicy policy;
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
        this.desk = new DeadLetterDesk(pools.plain(), new Decisions(spool, table, clock), lanes);
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
        this.policy = policy(settings.policy());
        this.replies = ReplyTable.load(settings.replies().stream().toArray(Path[]::new));
        this.places = new FolderPlaces(settings.home(), clock);
        openIntakes();
        prepareContext(pools.shared());
        settings.jms().forEach(jms -> receptions.put(jms.name(), reception(jms)));
        receptions.forEach((name, reception) -> bind("connection-" + name, pools.reading(reception)));
        RetrySchedule retries = new RetrySchedule(settings.retry(), 0.1, surroundings.chance());
        bindIntakeSteps(table);
        bindLaneSteps(retries);
    }

    private Reception reception(Settings.JmsIntake jms) {
        String aside =
                settings.broker().elsewhere() ? "where it puts what fails too often" : "into " + Queues.UNDELIVERABLE;
        return new Reception(jms.name(), aside, clock);
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
        return intakes;
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
        places.sweep();
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

    private void openIntakes() throws IOException {
        for (Settings.FolderIntake folder : settings.folders()) {
            FolderRoom room = FolderRoom.ofHeap();
            watch(folder, room);
            polls(folder.name(), new PollTrouble(folder.name(), clock, room(folder.name()), room));
        }
        for (Settings.FtpIntake ftp : settings.ftp()) {
            poll(ftp);
        }
        for (Settings.JmsIntake jms : settings.jms()) {
            open(
                    "jms",
                    jms.rule(),
                    new RejectedPlace(settings.home().resolve("rejected").resolve(jms.name())));
            requests.put(jms.name(), jms.requests(settings, clock));
        }
        for (Settings.PickupIntake pickup : settings.pickup()) {
            RejectedPlace rejected = pickup.rejected()
                    .map(place -> RejectedPlace.of(pickup.folder(), place))
                    .orElseGet(() -> RejectedPlace.beside(pickup.folder()));
            Incoming incoming = Incoming.open(settings.home(), pickup.name());
            WaitingFiles waiting = new WaitingFiles(pickup.name(), FolderPlaces.AT_ONCE, pickup.poll(), clock);
            intakes.put(
                    pickup.name(),
                    new Intake(pickup.name(), incoming, rejected, room(pickup.name(), pickup.rejected()), waiting));
            bind("ready-" + pickup.name(), new PickupFiles<>(new Stability(pickup.stableFor(), clock), waiting));
            polls(pickup.name(), new PollTrouble(pickup.name(), clock, room(pickup.name()), FolderRoom.ofHeap()));
        }
        for (SmtpIntake smtp : settings.smtp()) {
            RejectedPlace rejected =
                    new RejectedPlace(settings.home().resolve("rejected").resolve(smtp.name()));
            Incoming incoming = Incoming.open(settings.home(), smtp.name());
            intakes.put(
                    smtp.name(),
                    new Intake(
                            "smtp",
                            smtp.name(),
                            Optional.empty(),
                            incoming,
                            rejected,
                            room(smtp.name(), Optional.empty())));
        }
    }

    private static AcceptPolicy policy(Settings.Policy policy) {
        return new AcceptPolicy(
                policy.senders(),
                policy.recipients(),
                policy.maxRecipients(),
                policy.maxBytes(),
                new HeaderPolicy(policy.headers()));
    }

    private void watch(Settings.FolderIntake folder, FolderRoom room) throws IOException {
        Incoming incoming = Incoming.open(settings.home(), folder.name(), folder.folder());
        FolderWatch watch = places.open(folder, incoming);
        intakes.put(
                folder.name(),
                new Intake(
                        folder.rule(),
                        incoming,
                        RejectedPlace.of(folder.folder(), folder.rejected()),
                        room(folder.name(), Optional.of(folder.rejected())),
                        watch));
        bind(
                "ready-" + folder.name(),
                new FolderFiles(
                        new IgnoredNames(folder.places().ignored()),
                        folder.own().values(),
                        watch,
                        room));
    }

    private void poll(Settings.FtpIntake ftp) throws IOException {
        PolledServer server = places.open(ftp, settings.policy().maxBytes(), disk);
        intakes.put(
                ftp.name(),
                new Intake(
                        ftp.rule(),
                        Incoming.open(settings.home(), ftp.name()),
                        new RejectedPlace(ftp.rejected()),
                        room(ftp.name(), Optional.of(ftp.rejected())),
                        server));
        GenericFileFilter<Object> ready = ready(ftp.stableFor(), Optional.empty());
        bind("ready-" + ftp.name(), new SafeNames<>(ftp.name(), new RestingFiles<>(server, ready)));
        bind("takeaway-" + ftp.name(), new TakeAway<>(server, room(ftp.name())));
        polls(ftp.name(), new PollTrouble(ftp.name(), clock, room(ftp.name()), server));
    }

    private void polls(String intake, PollTrouble trouble) {
        polls.put(intake, trouble);
        bind("trouble-" + intake, trouble);
    }

    @Override
    public List<String> unpolled() {
        return names(polls, PollTrouble::standing);
    }

    /** How receiving goes. */
    Collection<Reception> receptions() {
        return receptions.values();
    }

    @Override
    public List<String> deaf() {
        return names(receptions, Reception::standing);
    }

    private static <T> List<String> names(Map<String, T> intakes, Predicate<T> which) {
        return intakes.entrySet().stream()
                .filter(intake -> which.test(intake.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void open(String kind, IntakeRule rule, RejectedPlace rejected) throws IOException {
        intakes.put(
                rule.intake(),
                new Intake(
                        kind,
                        rule,
                        Incoming.open(settings.home(), rule.intake()),
                        rejected,
                        room(rule.intake(), Optional.empty())));
    }

    private RejectedRoom room(String intake, Optional<Path> own) {
        return RejectedRoom.in(settings.home(), intake, own, clock);
    }

    private RejectedRoom room(String intake) {
        return Objects.requireNonNull(intakes.get(intake)).room();
    }

    /** Whether so much of its input was refused and rests in home that there is to be no more. */
    boolean isOverfull(String intake) {
        return room(intake).lacks().isPresent();
    }

    @Override
    public List<String> overfull() {
        return intakes.values().stream()
                .filter(intake -> !intake.isShared() && isOverfull(intake.name()))
                .map(Intake::name)
                .toList();
    }

    private ReadyFiles<Object> ready(Duration stableFor, Optional<Path> rejected) {
        return new ReadyFiles<>(new Stability(stableFor, clock), rejected);
    }

    private void bindIntakeSteps(RoutingTable table) {
        bind("claim", new Claim(intakes, clock));
        bind("readRequest", new ReadRequest(intakes, requests, requestQueues(), spool, clock));
        bind("readMessage", new ReadMessage(intakes, messageReaders(), spool, clock));
        bind("ticket", new MakeTicket(intakes, pickups(), spool, settings.name(), clock));
        bind("accept", new Accept(policy));
        bind("keep", new Keep(spool));
        bind("nextHop", new NextHops(table, choice, clock));
        bind("enqueue", new Enqueue(lanes, waits()));
        bind("events", new Events(clock));
        bind("refuse", new Refuse(intakes, settings.home().resolve("rejected"), spool, clock));
        bind("repeated", new Repetition(intakes, spool, clock));
        bind("alreadyEnqueued", new AlreadyEnqueued(spool));
    }

    private Set<String> requestQueues() {
        return settings.jms().stream().map(Settings.JmsIntake::queue).collect(Collectors.toSet());
    }

    /** Tells the books of request ids what was committed, and a lane's notes which delivery does not come again. */
    void committed(DeliveryEvent event, Optional<String> delivery) {
        Requests intake = requests.get(event.source().replaceFirst("^jms:", ""));
        if (intake != null
                && event.kind() == DeliveryEvent.Kind.RECEIVED
                && event.source().startsWith("jms:")) {
            intake.book().committed(event.queueId());
        }
        Lane lane = lanes.get(event.lane()); // may have been taken out of the settings
        if (lane != null) {
            delivery.ifPresent(lane.heard()::committed);
        }
    }

    private Map<String, ReadyTicket> messageReaders() {
        Map<String, ReadyTicket> readers = new LinkedHashMap<>();
        settings.smtp().forEach(smtp -> readers.put(smtp.name(), new ReadyTicket(smtp.rule(), settings.name())));
        return readers;
    }

    private Map<String, PickupTicket> pickups() {
        Map<String, PickupTicket> pickups = new LinkedHashMap<>();
        settings.pickup()
                .forEach(pickup -> pickups.put(
                        pickup.name(),
                        new PickupTicket(new ReadyTicket(pickup.rule(), settings.name()), pickup.dotStuffed())));
        return pickups;
    }

    private void bindLaneSteps(RetrySchedule retries) {
        bind("checkOut", new CheckOut(spool, lanes, disk));
        Hearing hearing = new Hearing(replies);
        bind("admission", new Admission(disk, new Clearance(book, composer, hearing, clock)));
        bind("compose", new Compose(composer, spool));
        bind("outcome", new Outcomes(new Parts(retries, stops)));
        bind("schedule", new Schedule(new NextTries(retries, choice, waits(), clock)));
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

    /** One route per lane, from the template of its option. */
    void addLanes() throws Exception {
        for (Lane lane : lanes.values()) {
            Burst burst = Burst.of(lane.limits().messagesPerMinute());
            TemplatedRouteBuilder.builder(context, lane.option())
                    .routeId(lane.option() + "-" + lane.name())
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
        for (Settings.JmsIntake jms : settings.jms()) {
            TemplatedRouteBuilder.builder(context, "intake-jms")
                    .routeId("intake-" + jms.name())
                    .parameter("intake", jms.name())
                    .parameter("queue", jms.queue())
                    .parameter("consumers", jms.consumers())
                    .add();
        }
        for (Settings.FolderIntake folder : settings.folders()) {
            TemplatedRouteBuilder.builder(context, "intake-folder")
                    .routeId("intake-" + folder.name())
                    .parameter("intake", folder.name())
                    .parameter("folder", folder.folder())
                    .parameter("subfolders", folder.subfolders())
                    .parameter("poll", folder.poll().toMillis())
                    .add();
        }
        for (Settings.PickupIntake pickup : settings.pickup()) {
            TemplatedRouteBuilder.builder(context, "intake-pickup")
                    .routeId("intake-" + pickup.name())
                    .parameter("intake", pickup.name())
                    .parameter("folder", pickup.folder())
                    .parameter("poll", pickup.poll().toMillis())
                    .add();
        }
        for (SmtpIntake smtp : settings.smtp()) {
            TemplatedRouteBuilder.builder(context, "intake-smtp")
                    .routeId("intake-" + smtp.name())
                    .parameter("intake", smtp.name())
                    .add();
        }
        for (Settings.FtpIntake ftp : settings.ftp()) {
            PolledServer server =
                    Objects.requireNonNull(intakes.get(ftp.name())).server().orElseThrow();
            FtpAddress.add(context, ftp, server, settings.home());
        }
    }

    /** The server of one SMTP intake, whose route must be there. */
    ListenerServer listen(SmtpIntake smtp) throws IOException {
        Intake intake = Objects.requireNonNull(intakes.get(smtp.name()));
        return SmtpWiring.start(smtp, settings, policy, new SmtpInbox(intake, spool, disk, context, clock), clock);
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
        places.close();
    }

    /** Of lanes that share one, once. */
    private Set<Allowance> allowances() {
        return lanes.values().stream().map(Lane::allowance).collect(Collectors.toSet());
    }
}
