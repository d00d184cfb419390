package org.mailchute.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.mailchute.broker.AnyBroker;
import org.mailchute.broker.ArtemisElsewhere;
import org.mailchute.broker.BrokerOwner;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.BrokerView;
import org.mailchute.broker.EmbeddedBroker;
import org.mailchute.broker.Queues;
import org.mailchute.broker.SpoolOwner;
import org.mailchute.deferred.Places;
import org.mailchute.drop.DropServer;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.lane.Lane;
import org.mailchute.listener.ListenerServer;
import org.mailchute.management.LaneMeters;
import org.mailchute.management.ManagementServer;
import org.mailchute.management.WaitingMeters;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SmtpIntake;
import org.mailchute.spool.Spool;
import org.mailchute.steps.EventReader;
import org.mailchute.steps.Recovery;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventMeters;
import org.mailchute.trace.MailLog;
import org.mailchute.trace.ToldOnce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Mailchute: broker, spool, routes, lanes, management. Started the same way by the command line, in Karaf and in
 * tests; closing it ends what is under way and leaves everything else on disk.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private BrokerView view = BrokerView.NONE;
    private int port = -1;
    private @Nullable ConnectionFactory connections;
    private @Nullable Wiring wiring;
    private Map<String, Lane> lanes = Map.of();
    private @Nullable DropServer drop;
    private final Map<String, ListenerServer> listeners = new HashMap<>();

    private Gateway() {}

    /** To publish to, and read from, the queues of an embedded broker, which has no port. */
    public ConnectionFactory broker() {
        return Objects.requireNonNull(connections);
    }

    /** Where applications find the embedded broker; -1 when its port is closed. */
    public int brokerPort() {
        return port;
    }

    /** Deliveries that wait for a lane, those for a later time included. */
    long waiting(String lane) {
        return Objects.requireNonNull(wiring).waiting(lane(lane));
    }

    /** The lane of this name. */
    Lane lane(String name) {
        return Objects.requireNonNull(lanes.get(name));
    }

    /**
     * Starts it; returns when routes, lanes and intakes are up.
     *
     * @param listeners told of every delivery event, after the mail log
     * @throws Exception when something it cannot do without is missing; nothing is left running then
     */
    public static Gateway start(Settings settings, Surroundings surroundings, List<Consumer<DeliveryEvent>> listeners)
            throws Exception {
        Gateway gateway = new Gateway();
        try {
            gateway.open(settings, surroundings, listeners);
            return gateway;
        } catch (Exception e) {
            gateway.close();
            throw e;
        }
    }

    private void open(Settings settings, Surroundings surroundings, List<Consumer<DeliveryEvent>> listeners)
            throws Exception {
        RouteFiles routes = RouteFiles.of(settings);
        HomeAccess.check(settings.home());
        settings.watched()
                .filter(Files::notExists)
                .forEach(folder -> LOG.info(
                        "{} is not there and is made; look at its path, or mount its share and start again", folder));
        Spool spool = Spool.open(settings.home());
        BrokerPools pools = broker(settings, spool, surroundings.clock());
        ConnectionFactory broker = pools.plain();
        connections = broker;
        Wiring wiring = keep(new Wiring(settings, surroundings, spool, pools, view));
        this.wiring = wiring;
        lanes = wiring.lanes();
        CamelContext context = wiring.context();
        routes.load(context);
        ToldOnce telling = keep(ToldOnce.open(settings.home().resolve("events.told"), new MailLog(), all(listeners)));
        EventReader events = keep(new EventReader(pools.shared(), spool, telling, wiring::committed));
        context.start();
        keep(context::stop);
        keep(wiring::endTurns);
        Recovery recovery = new Recovery(wiring.intakes().values(), context.createProducerTemplate(), spool);
        recovery.run();
        events.start();
        keep(events::end); // told now, it has ended by the time the routes have
        WaitingMeters.bind(meters, wiring.intakes().values());
        LaneMeters.bind(meters, wiring);
        wiring.receptions().forEach(reception -> reception.bind(meters));
        expect(wiring, new EventMeters(meters));
        wiring.holdUnproven();
        wiring.addLanes();
        wiring.deferrals().ifPresent(deferrals -> keep(deferrals).start());
        wiring.addIntakes();
        openDrop(settings, wiring, surroundings);
        openListeners(settings, wiring);
        housekeeping(
                wiring,
                recovery,
                new ProofEnds(settings.lanes(), surroundings.clock(), meters),
                new ClockSteps(surroundings.clock(), surroundings.steady()));
        keep(ManagementServer.start(settings, wiring, meters));
        LOG.info(
                "mailchute {} is up: {} intakes, {} lanes, home {}",
                settings.name(),
                wiring.intakes().size(),
                wiring.lanes().size(),
                settings.home());
    }

    private static void expect(Wiring wiring, EventMeters counters) {
        wiring.intakes().values().forEach(intake -> counters.expectFrom(intake.label()));
        wiring.lanes().values().forEach(lane -> counters.expectBy(lane.name(), lane.option()));
    }

    private void openDrop(Settings settings, Wiring wiring, Surroundings surroundings) throws IOException {
        if (!settings.drop().devices().isEmpty()) {
            DropServer server = keep(DropWiring.start(settings.drop(), wiring::isOverfull, surroundings.clock()));
            LOG.info(
                    "ftp server: listening on {}:{} for {} devices",
                    settings.drop().bind(),
                    server.port(),
                    settings.drop().devices().size());
            drop = server;
        }
    }

    private void openListeners(Settings settings, Wiring wiring) throws IOException {
        for (SmtpIntake smtp : settings.smtp()) {
            ListenerServer server = keep(wiring.listen(smtp));
            LOG.info("source=smtp:{}: listening on {}:{}", smtp.name(), smtp.host(), server.port());
            listeners.put(smtp.name(), server);
        }
    }

    /** The SMTP server of this intake. */
    ListenerServer listener(String intake) {
        return Objects.requireNonNull(listeners.get(intake));
    }

    /** The FTP server we are, if any. */
    Optional<DropServer> drop() {
        return Optional.ofNullable(drop);
    }

    private BrokerPools broker(Settings settings, Spool spool, Clock clock) throws Exception {
        BrokerPools pools = keep(new BrokerPools(
                settings.broker().elsewhere() ? elsewhere(settings, clock) : embedded(settings, spool, clock)));
        if (settings.broker().elsewhere()) {
            BrokerOwner.claim(pools.plain(), settings.home(), settings.name());
        }
        return pools;
    }

    private ConnectionFactory elsewhere(Settings settings, Clock clock) throws Exception {
        BrokerPlan broker = settings.broker();
        if (broker.factory().isPresent()) {
            ConnectionFactory any = AnyBroker.open(broker, broker.factory().get(), clock);
            SpoolOwner.elsewhere(settings.home());
            return any;
        }
        List<String> queues = new ArrayList<>(Wiring.queues(settings));
        queues.add(Queues.OWNER);
        queues.addAll(Places.slots());
        ArtemisElsewhere artemis = keep(ArtemisElsewhere.open(broker, queues));
        SpoolOwner.elsewhere(settings.home());
        view = artemis;
        return artemis.factory();
    }

    private ActiveMQConnectionFactory embedded(Settings settings, Spool spool, Clock clock) throws Exception {
        SpoolOwner owner = SpoolOwner.of(settings.home());
        EmbeddedBroker embedded = keep(EmbeddedBroker.start(
                settings.home(), Wiring.queues(settings), settings.broker().accept(), clock));
        embedded.topics(Wiring.topics(settings));
        owner.discardOrphans(spool, embedded.referenced());
        embedded.stranded(Wiring.queues(settings))
                .forEach(queue -> LOG.warn(
                        "the queue {} holds messages, but there is no such lane: bring the lane back to send them",
                        queue));
        ActiveMQConnectionFactory factory = embedded.factory();
        keep(factory::close);
        view = embedded;
        port = embedded.port();
        return factory;
    }

    private List<Consumer<DeliveryEvent>> all(List<Consumer<DeliveryEvent>> more) {
        List<Consumer<DeliveryEvent>> all = new ArrayList<>();
        all.add(new EventMeters(meters)::count);
        all.addAll(more);
        return all;
    }

    private void housekeeping(Wiring wiring, Recovery recovery, ProofEnds proofs, ClockSteps steps) {
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-housekeeping"));
        clock.scheduleWithFixedDelay(wiring.disk()::look, 0, 1, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(steps::look, 1, 1, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(wiring::reapSessions, 5, 5, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(recovery::run, 30, 30, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(wiring::sweepArchives, 0, 1, TimeUnit.HOURS);
        clock.scheduleWithFixedDelay(proofs::look, 0, 1, TimeUnit.HOURS);
        keep(clock::shutdownNow);
        keep(wiring.disk()::end);
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Ends in the opposite order of the start: intakes and lanes first, the broker last. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not close cleanly", e);
            }
        }
    }
}
