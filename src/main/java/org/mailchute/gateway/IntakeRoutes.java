package org.mailchute.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.mailchute.broker.BrokerPools;
import org.mailchute.drop.DropServer;
import org.mailchute.intake.Shown;
import org.mailchute.intakes.Ground;
import org.mailchute.intakes.IntakeKind;
import org.mailchute.intakes.Intakes;
import org.mailchute.listener.ListenerServer;
import org.mailchute.management.WaitingMeters;
import org.mailchute.settings.Settings;
import org.mailchute.spool.Recovery;
import org.mailchute.trace.EventMeters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Intakes as they begin and end: with route, port, health, meters, and what an earlier run left behind. Closing it closes the ports. */
final class IntakeRoutes implements AutoCloseable {
    /** Among names of intakes, none of which has a blank. */
    static final String FTP_SERVER = "the ftp server";

    private static final Logger LOG = LoggerFactory.getLogger(IntakeRoutes.class);

    private final Intakes intakes;
    private final CamelContext context;
    private final BrokerPools pools;
    private final HealthChecks health;
    private final MeterRegistry meters;
    private final EventMeters counters;
    private final Surroundings surroundings;
    private final ProducerTemplate routes;
    private final Map<String, ListenerServer> listeners = new HashMap<>();
    private final Map<String, Recovery> recoveries = new LinkedHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private @Nullable DropServer drop;

    IntakeRoutes(
            Intakes intakes,
            CamelContext context,
            BrokerPools pools,
            HealthChecks health,
            MeterRegistry meters,
            Surroundings surroundings) {
        this.intakes = intakes;
        this.context = context;
        this.pools = pools;
        this.health = health;
        this.meters = meters;
        this.counters = new EventMeters(meters);
        this.surroundings = surroundings;
        this.routes = context.createProducerTemplate();
    }

    /** Takes up again what an earlier run, or a failure, left behind; not while intakes change, since the next look is soon. */
    void recover() {
        if (changing.tryLock()) {
            try {
                intakes.all().forEach(kind -> recovery(kind).run());
            } finally {
                changing.unlock();
            }
        }
    }

    private Recovery recovery(IntakeKind kind) {
        return recoveries.computeIfAbsent(kind.name(), name -> kind.recovery(routes));
    }

    /** From now on all take what comes. */
    void begin(Settings settings) throws Exception {
        for (IntakeKind kind : intakes.all()) {
            begin(kind);
        }
        openDrop(settings.drop());
    }

    private void begin(IntakeKind kind) throws Exception {
        WaitingMeters.bind(meters, kind);
        kind.reception().ifPresent(reception -> reception.bind(meters));
        counters.expectFrom(kind.label());
        kind.addRoute();
        health.tell(kind);
        Optional<ListenerServer> server = kind.listen(meters);
        server.ifPresent(open -> listeners.put(kind.name(), open));
    }

    private void openDrop(Settings.Drop settings) throws IOException {
        if (!settings.devices().isEmpty()) {
            DropServer server = DropWiring.start(settings, intakes::isOverfull, surroundings.clock());
            LOG.info(
                    "ftp server: listening on {}:{} for {}",
                    settings.plan().bind(),
                    server.port(),
                    Shown.count(settings.devices().size(), "device"));
            drop = server;
        }
    }

    /**
     * Exchanges intakes for those of other settings. What cannot be opened is left out, and told.
     *
     * @param names that change, the FTP server's among them if it does
     * @return what was left out and why, for people, by name
     */
    Map<String, String> swap(Settings settings, Set<String> names) throws Exception {
        boolean server = names.contains(FTP_SERVER);
        changing.lock();
        try {
            if (server) {
                closeDrop();
            }
            Map<String, IntakeKind> all = new LinkedHashMap<>();
            for (IntakeKind kind : intakes.all()) {
                if (names.contains(kind.name())) {
                    end(kind);
                } else {
                    all.put(kind.name(), kind);
                }
            }
            Map<String, String> failures = new LinkedHashMap<>();
            intakes.swap(all);
            for (String name : Intakes.names(settings)) {
                if (names.contains(name)) {
                    tryTo(name, failures, () -> open(settings, name));
                }
            }
            if (server) {
                tryTo(FTP_SERVER, failures, () -> openDrop(settings.drop()));
            }
            return failures;
        } finally {
            changing.unlock();
        }
    }

    private interface Opening {
        void run() throws Exception;
    }

    private static void tryTo(String name, Map<String, String> failures, Opening opening) {
        try {
            opening.run();
        } catch (Exception e) {
            LOG.error("{} cannot be opened; the next reload tries again", name, e);
            failures.put(name, name + " is not open (" + e.getMessage() + "): mend it, then mailchute reload");
        }
    }

    private void open(Settings settings, String name) throws Exception {
        IntakeKind kind = intakes.made(settings, name);
        Map<String, IntakeKind> all = new LinkedHashMap<>(intakes.kinds());
        all.put(name, kind);
        intakes.swap(all);
        try {
            recovery(kind).run();
            begin(kind);
        } catch (Exception e) {
            end(kind);
            all.remove(name);
            intakes.swap(all);
            throw e;
        }
    }

    /** What is under way ends first; what it has claimed and the broker does not have is tried once more. */
    private void end(IntakeKind kind) throws Exception {
        ListenerServer server = listeners.remove(kind.name());
        if (server != null) {
            server.close();
        }
        kind.queues().forEach(pools::endReceiving);
        try {
            Routes.remove(context, Ground.routeId(kind.name()));
        } finally {
            kind.queues().forEach(pools::receiveAgain);
        }
        recovery(kind).run();
        recoveries.remove(kind.name());
        forget(kind);
        kind.close();
    }

    private void forget(IntakeKind kind) {
        for (String name : List.of("mailchute.files.waiting", "mailchute.receptions.failed")) {
            meters.find(name).tag("source", kind.label()).meters().forEach(meters::remove);
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

    private void closeDrop() {
        DropServer server = drop;
        drop = null;
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() {
        listeners.values().forEach(ListenerServer::close);
        closeDrop();
    }
}
