package org.mailchute.gateway;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.mailchute.broker.BrokerPools;
import org.mailchute.console.LaneHours;
import org.mailchute.drop.DropServer;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.lane.Lane;
import org.mailchute.listener.ListenerServer;
import org.mailchute.management.ClusterMeters;
import org.mailchute.management.LaneMeters;
import org.mailchute.management.ManagementServer;
import org.mailchute.management.Reloaded;
import org.mailchute.management.Running;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsSource;
import org.mailchute.spool.Spool;
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

    private final OpenParts parts = new OpenParts();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private @Nullable OpenBroker broker;
    private @Nullable Wiring wiring;
    private @Nullable IntakeRoutes intakes;
    private final Reloads reloads = new Reloads();

    private Gateway() {}

    /** To publish to, and read from, the queues of an embedded broker, which has no port. */
    public ConnectionFactory broker() {
        return Objects.requireNonNull(broker).pools().plain();
    }

    /** Where applications find the embedded broker; -1 when its port is closed. */
    public int brokerPort() {
        return Objects.requireNonNull(broker).port();
    }

    /**
     * Completed, with words for people, when it cannot go on: the disk of the embedded broker failed. To be closed then, and started
     * again; nothing is lost by that.
     */
    public CompletableFuture<String> fault() {
        return Objects.requireNonNull(broker).fault();
    }

    /** Deliveries that wait for a lane, those for a later time included. */
    long waiting(String lane) {
        return Objects.requireNonNull(wiring).managed().inLane().applyAsLong(lane(lane));
    }

    Lane lane(String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(wiring).managed().lanes().get(name));
    }

    /**
     * Starts it; returns when routes, lanes and intakes are up. While another gateway has its home it waits, as that one's standby.
     *
     * @param source read at once, and for each reload
     * @param listeners told of every delivery event, after the mail log
     * @param lost told in words for people, during the start too, when another gateway of the cluster works with this home, or may: this
     *     one is to be ended at once then, for whatever it still does the other may do too, and started again as its standby
     * @throws Exception when something it cannot do without is missing; nothing is left running then
     */
    public static Gateway start(
            SettingsSource source,
            Surroundings surroundings,
            List<Consumer<DeliveryEvent>> listeners,
            Consumer<String> lost)
            throws Exception {
        Settings settings = source.read();
        Gateway gateway = new Gateway();
        try {
            gateway.open(source, settings, surroundings, listeners, lost);
            return gateway;
        } catch (Exception e) {
            gateway.close();
            throw e;
        }
    }

    private void open(
            SettingsSource source,
            Settings first,
            Surroundings surroundings,
            List<Consumer<DeliveryEvent>> listeners,
            Consumer<String> lost)
            throws Exception {
        RouteFiles checked = RouteFiles.of(first); // what is wrong with them is told before it waits
        HomeHold hold = takeHome(first);
        hold.lost().thenAccept(lost);
        Settings settings = hold.afresh(source, first);
        RouteFiles routes = settings == first ? checked : RouteFiles.of(settings);
        RunningSettings now = new RunningSettings(settings);
        Spool spool = Spool.open(settings.home());
        OpenBroker broker = parts.keep(new OpenBroker());
        this.broker = broker;
        BrokerPools pools = broker.open(settings, spool, surroundings.clock());
        pools.bind(meters);
        Wiring wiring = parts.keep(new Wiring(now, surroundings, hold, spool, pools, broker.view(), reloads));
        this.wiring = wiring;
        CamelContext context = wiring.context();
        EventMeters counters = new EventMeters(meters);
        LaneHours hours = new LaneHours(surroundings.clock());
        IntakeRoutes intakes =
                new IntakeRoutes(wiring.intakes(), context, pools, wiring.health(), meters, surroundings);
        this.intakes = intakes;
        LaneRoutes lanes = new LaneRoutes(
                wiring.allLanes(), context, pools, wiring.health(), new LaneMeters(meters, wiring.managed()), counters);
        lanes.open(settings, broker.laneQueues());
        RouteMeters.of(context, meters);
        routes.load(context);
        ToldOnce telling = parts.keep(
                ToldOnce.open(settings.home().resolve("events.told"), new MailLog(), all(counters, hours, listeners)));
        ProofEnds proofs = new ProofEnds(now, surroundings.clock(), meters);
        EventRoutes events = new EventRoutes(wiring, telling, proofs);
        context.start();
        parts.keep(context::stop);
        parts.keep(pools::endReceiving); // else the stop waits for each receive
        begin(settings, wiring.allLanes(), intakes, lanes, events);
        RouteMeters.inFlight(context, meters);
        events.tell();
        parts.keep(Housekeeping.start(
                wiring, intakes, proofs, new ClockSteps(surroundings.clock(), surroundings.steady())));
        parts.keep(ManagementServer.start(
                settings,
                wiring.managed(),
                meters,
                served -> ConsoleWiring.open(now, surroundings, wiring.managed(), hours, served)
                        .ifPresent(parts::keep)));
        hold.cluster().ifPresent(cluster -> ClusterMeters.show(meters, cluster));
        MultiGauge running = Running.meter(meters);
        Running.of(settings).show(running);
        Reload reload = new Reload(source, now, broker, lanes, intakes, () -> {
            Running.of(now.get()).show(running);
            RouteMeters.inFlight(context, meters);
            wiring.health().forget();
            proofs.anew();
        });
        reloads.open = reload;
        parts.keep(reload::end);
        LOG.info(
                "mailchute {} is up: intakes {}, lanes {}, home {}",
                settings.name(),
                wiring.managed().intakes().size(),
                wiring.managed().lanes().size(),
                settings.home());
    }

    private HomeHold takeHome(Settings settings) throws Exception {
        HomeAccess.check(settings.home());
        HomeHold hold = HomeHold.take(settings, parts);
        settings.watched()
                .filter(Files::notExists)
                .forEach(folder -> LOG.info(
                        "{} is not there and is made; look at its path, or mount its share and start again", folder));
        return hold;
    }

    /** From the end of the path to its beginning: what is under way first, then what is new. */
    private void begin(Settings settings, Lanes all, IntakeRoutes intakes, LaneRoutes lanes, EventRoutes events)
            throws Exception {
        parts.keep(all::endTurns);
        intakes.recover();
        events.begin(settings.trace().isOn());
        parts.keep(events);
        lanes.begin();
        all.deferrals().ifPresent(deferrals -> parts.keep(deferrals).start());
        parts.keep(intakes).begin(settings);
    }

    /**
     * Reads the settings anew and takes what can be taken without a restart; faulty ones change nothing.
     *
     * @throws Exception when it cannot go on as it was
     */
    public Reloaded reload() throws Exception {
        return reloads.now();
    }

    /** Apart from the gateway, so that what outlasts it does not hold it: Camel has its context, and with it the meters, in a static field. */
    private static final class Reloads implements Reloaded.Reload {
        private volatile @Nullable Reload open;

        @Override
        public Reloaded now() throws Exception {
            Reload known = open;
            if (known == null) {
                throw new IllegalArgumentException("the gateway is not up");
            }
            return known.now();
        }
    }

    /** The SMTP server of this intake. */
    ListenerServer listener(String intake) {
        return Objects.requireNonNull(intakes).listener(intake);
    }

    /** The FTP server we are, if any. */
    Optional<DropServer> drop() {
        return Objects.requireNonNull(intakes).drop();
    }

    private static List<Consumer<DeliveryEvent>> all(
            EventMeters counters, LaneHours hours, List<Consumer<DeliveryEvent>> more) {
        List<Consumer<DeliveryEvent>> all = new ArrayList<>();
        all.add(counters::count);
        all.add(hours::count);
        all.addAll(more);
        return all;
    }

    /** Ends in the opposite order of the start: intakes and lanes first, the broker last. */
    @Override
    public void close() {
        parts.close();
        reloads.open = null;
    }
}
