package org.mailchute.gateway;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.deadletter.Decisions;
import org.mailchute.intakes.Ground;
import org.mailchute.intakes.IntakeKind;
import org.mailchute.intakes.Intakes;
import org.mailchute.lane.Lane;
import org.mailchute.lane.LaneStops;
import org.mailchute.lane.NextHops;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.management.Managed;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.settings.Settings;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Recovery;
import org.mailchute.spool.Spool;
import org.mailchute.steps.Accept;
import org.mailchute.steps.AlreadyEnqueued;
import org.mailchute.steps.BrokerTransaction;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.Enqueue;
import org.mailchute.steps.Events;
import org.mailchute.steps.Intake;
import org.mailchute.steps.Keep;
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
    private final Lanes lanes;
    private final ProducerTemplate events = context.createProducerTemplate();
    private final DiskRoom disk;
    private final DeadLetterDesk desk;

    Wiring(Settings settings, Surroundings surroundings, Spool spool, BrokerPools pools, BrokerView view)
            throws Exception {
        this.settings = settings;
        this.clock = surroundings.clock();
        this.spool = spool;
        this.view = view;
        this.disk = DiskRoom.of(settings.home());
        this.lanes = new Lanes(settings, surroundings, spool, disk, pools, view, this::publish);
        RoutingTable table = new RoutingTable(settings.routing());
        this.desk = new DeadLetterDesk(pools.plain(), new Decisions(spool, table, clock), lanes.byName());
        prepareContext(pools.shared());
        this.intakes = Intakes.open(new Ground(settings, spool, disk, context, pools, clock));
        bindAcceptSteps(table);
        lanes.bind(context.getRegistry(), spool, disk, new RetrySchedule(settings.retry(), 0.1, surroundings.chance()));
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
        return lanes.byName();
    }

    private void publish(DeliveryEvent event) {
        events.sendBody("jms:queue:" + Queues.EVENTS, EventJson.write(event));
    }

    @Override
    public LaneStops stops() {
        return lanes.stops();
    }

    @Override
    public LaneBook book() {
        return lanes.book();
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
        return lanes.waiting(lane);
    }

    @Override
    public long waiting(String queue) {
        return view.count(queue);
    }

    /** Of each intake. */
    List<Recovery> recoveries() {
        ProducerTemplate routes = context.createProducerTemplate();
        return kinds().stream().map(kind -> kind.recovery(routes)).toList();
    }

    void sweepArchives() {
        kinds().forEach(IntakeKind::sweep);
    }

    private void prepareContext(ConnectionFactory broker) {
        context.getCamelContextExtension().setName("mailchute");
        context.disableJMX();
        context.setStreamCaching(false);
        context.setLogMask(true);
        context.getShutdownStrategy().setTimeout(30);
        JmsComponent jms = JmsComponent.jmsComponent(broker);
        jms.getConfiguration().setRecoveryInterval(1_000);
        jms.getConfiguration().setReceiveTimeout(BrokerPools.RECEIVE_MILLIS);
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
        bind("nextHop", new NextHops(table, lanes.choice(), clock));
        bind("enqueue", new Enqueue(lanes.byName(), lanes.waits()));
        bind("events", new Events(clock));
        bind("alreadyEnqueued", new AlreadyEnqueued(spool));
    }

    /** Tells its intake what was committed, and a lane's notes which delivery does not come again. */
    void committed(DeliveryEvent event, Optional<String> delivery) {
        intakes.committed(event);
        delivery.ifPresent(done -> lanes.committed(event.lane(), done));
    }

    /** What they share, and what starts and ends with them. */
    Lanes allLanes() {
        return lanes;
    }

    private void bind(String name, Object bean) {
        Registry registry = context.getRegistry();
        registry.bind(name, bean);
    }

    /** One route per intake. Last of all, so that everything behind them is up. */
    void addIntakes() throws Exception {
        for (IntakeKind kind : kinds()) {
            kind.addRoute();
        }
    }

    @Override
    public void close() throws IOException {
        lanes.close();
        intakes.close();
    }
}
