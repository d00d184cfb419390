package org.mailchute.gateway;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.Queues;
import org.mailchute.deadletter.Decisions;
import org.mailchute.formats.Pages;
import org.mailchute.gateway.routes.CamelContexts;
import org.mailchute.intakes.Ground;
import org.mailchute.intakes.Intakes;
import org.mailchute.limits.Lead;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.management.Managed;
import org.mailchute.management.Reloaded;
import org.mailchute.management.Running;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.settings.Settings;
import org.mailchute.spool.ClaimsFolder;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Spool;
import org.mailchute.steps.Accept;
import org.mailchute.steps.AlreadyEnqueued;
import org.mailchute.steps.BrokerTransaction;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.Enqueue;
import org.mailchute.steps.EventBatches;
import org.mailchute.steps.EventReader;
import org.mailchute.steps.Events;
import org.mailchute.steps.Keep;
import org.mailchute.steps.TraceBook;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;
import org.mailchute.trace.ToldOnce;
import org.mailchute.tracestore.TraceStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.connection.JmsTransactionManager;

/** Puts the rooms together and gives the routes their beans, by the names the route files use. */
final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final Supplier<Settings> settings;
    private final Clock clock;
    private final Spool spool;
    private final BrokerPools pools;
    private final CamelContext context;
    private final Intakes intakes;
    private final Lanes lanes;
    private final ProducerTemplate events;
    private final TraceStore trace;
    private final HealthChecks health;
    private final Managed managed;

    /**
     * @param settings those that run, at each time
     * @param reload takes others
     */
    Wiring(
            Supplier<Settings> settings,
            Surroundings surroundings,
            HomeHold hold,
            Spool spool,
            BrokerPools pools,
            BrokerView view,
            Reloaded.Reload reload)
            throws Exception {
        this.settings = settings;
        this.clock = surroundings.clock();
        this.spool = spool;
        this.pools = pools;
        Settings first = settings.get();
        this.context = first.management().jmx() ? new DefaultCamelContext() : CamelContexts.withoutJmx();
        this.events = context.createProducerTemplate();
        DiskRoom disk = DiskRoom.of(first.home());
        this.lanes = new Lanes(settings, surroundings, hold, spool, disk, pools, view, this::publish);
        prepareContext(pools.shared(), hold.lead());
        this.intakes = Intakes.open(new Ground(
                first,
                hold.lead(),
                ClaimsFolder.take(first.home(), hold.lead().number()),
                spool,
                disk,
                context,
                pools,
                clock,
                first.broker().elsewhere() ? () -> 0 : lanes::behind));
        bindAcceptSteps();
        this.trace = new TraceStore(first.trace(), first.home());
        this.health = new HealthChecks(context)
                .with(() -> Running.of(settings.get()))
                .with(disk)
                .withBroker(pools::fault);
        if (hold.shared()) {
            health.withCluster(hold.trouble());
        }
        this.managed = new Managed(
                clock,
                lanes.byName(),
                intakes.byName(),
                lanes.book(),
                lanes.stops(),
                new DeadLetterDesk(
                        pools.plain(),
                        pools::fault,
                        new Decisions(
                                spool,
                                () -> new RoutingTable(settings.get().routing()),
                                () -> settings.get().policy(),
                                clock),
                        lanes.byName()),
                disk,
                lane -> isAway() ? -1 : lanes.waiting(lane),
                queue -> isAway() ? -1 : view.count(queue),
                Optional.of(trace).filter(kept -> first.trace().isOn()),
                settings,
                reload,
                health::ready,
                health::live,
                hold.cluster());
        lanes.bind(
                context.getRegistry(),
                spool,
                () -> new RetrySchedule(settings.get().retry(), 0.1, surroundings.chance()));
    }

    /** What management sees of it. */
    Managed managed() {
        return managed;
    }

    CamelContext context() {
        return context;
    }

    HealthChecks health() {
        return health;
    }

    Intakes intakes() {
        return intakes;
    }

    private void publish(DeliveryEvent event) {
        events.sendBody("jms:queue:" + Queues.EVENTS, EventJson.write(event));
    }

    /** Each question to a broker that is away takes seconds, and a page has one for each queue. */
    private boolean isAway() {
        return pools.fault().isPresent();
    }

    private void prepareContext(ConnectionFactory broker, Lead lead) {
        context.getCamelContextExtension().setName("mailchute");
        context.setStreamCaching(false);
        context.setLogMask(true);
        context.getShutdownStrategy().setTimeout(30);
        JmsComponent jms = JmsComponent.jmsComponent(broker);
        jms.getConfiguration().setRecoveryInterval(1_000);
        jms.getConfiguration()
                .setReceiveTimeout(BrokerPools.patience(settings.get().broker().elsewhere()));
        context.addComponent("jms", jms);
        bind("brokerTransaction", new BrokerTransaction(new JmsTransactionManager(broker), lead));
    }

    private void bindAcceptSteps() {
        bind("accept", new Accept(() -> settings.get().policy()));
        bind("keep", new Keep(spool));
        bind("nextHops", lanes.nextHops());
        bind("enqueue", new Enqueue(lanes.byName(), lanes.waits()));
        bind("events", new Events(clock, ticket -> settings.get().trace().isOn() ? Pages.of(ticket, spool) : 0));
        bind("alreadyEnqueued", new AlreadyEnqueued(spool));
    }

    /** @param telling hears of each event once */
    EventReader bindEvents(ToldOnce telling) {
        EventReader reader = new EventReader(spool, managed.disk(), telling, this::committed);
        bind("eventReader", reader);
        bind("eventBatches", new EventBatches(reader));
        return reader;
    }

    /** What keeps events; it opens its database with the first. */
    TraceBook bindTrace() {
        TraceBook book = new TraceBook(trace, settings.get().trace(), clock);
        bind("traceBook", book);
        bind("traceBatches", new EventBatches(book));
        return book;
    }

    /** Who learns of what fails, and of what an administrator must see to. */
    NoticeWiring bindNotices(ProofEnds proofs) throws IOException {
        NoticeWiring notices = new NoticeWiring(settings, context, clock);
        notices.bind(
                spool, lanes.nextHops(), managed, new Conditions(managed, intakes.all(), proofs, clock), this::isAway);
        return notices;
    }

    /** Tells its intake what was committed, and a lane's notes which delivery does not come again. */
    private void committed(DeliveryEvent event, Optional<String> delivery) {
        intakes.committed(event);
        delivery.ifPresent(done -> lanes.heard().committed(event.lane(), done));
    }

    /** What they share, and what starts and ends with them. */
    Lanes allLanes() {
        return lanes;
    }

    private void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    @Override
    public void close() throws IOException {
        lanes.close();
        intakes.close();
        try {
            trace.close();
        } catch (SQLException e) {
            LOG.warn("the trace was not closed, and is mended when it is opened again: {}", e.getMessage());
        }
    }
}
