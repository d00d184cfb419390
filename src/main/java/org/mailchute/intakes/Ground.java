package org.mailchute.intakes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.mailchute.broker.BrokerPools;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.settings.Settings;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Ledger;
import org.mailchute.spool.Spool;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.Patience;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all intakes stand on: home, broker, routes, and the ledgers {@code HOME/seen/INTAKE...}, which end with it. */
public record Ground(
        Settings settings,
        Spool spool,
        DiskRoom disk,
        CamelContext context,
        BrokerPools pools,
        Clock clock,
        Deque<Ledger> ledgers)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

    /** With a file that cannot be taken: it is tried again every ten seconds, and never moved elsewhere. */
    static final Patience AT_ONCE = new Patience(Duration.ofSeconds(10), Duration.ofDays(1), false);

    public Ground(Settings settings, Spool spool, DiskRoom disk, CamelContext context, BrokerPools pools, Clock clock) {
        this(settings, spool, disk, context, pools, clock, new ArrayDeque<>());
    }

    Path home() {
        return settings.home();
    }

    /** The place of refused input that has none in the settings. */
    RejectedPlace rejected(String intake) {
        return new RejectedPlace(home().resolve("rejected").resolve(intake));
    }

    Ledger ledger(String name, int most, boolean durable) throws IOException {
        Ledger ledger = Ledger.open(home().resolve("seen"), name, most, durable);
        ledgers.push(ledger);
        return ledger;
    }

    KeptFiles kept(String intake, Incoming incoming) throws IOException {
        return new KeptFiles(ledger(intake + ".kept", KeptFiles.MOST, true), incoming);
    }

    void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    /** What the route of an intake is called. */
    public static String routeId(String intake) {
        return "intake-" + intake;
    }

    /** The route of one intake, from the template of its kind. */
    TemplatedRouteBuilder route(String kind, String intake) {
        return TemplatedRouteBuilder.builder(context, "intake-" + kind)
                .routeId(routeId(intake))
                .parameter("intake", intake);
    }

    @Override
    public void close() {
        for (Ledger ledger : ledgers) {
            try {
                ledger.close();
            } catch (IOException e) {
                LOG.warn("a ledger did not close cleanly", e);
            }
        }
    }
}
