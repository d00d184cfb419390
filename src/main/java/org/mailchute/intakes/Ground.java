package org.mailchute.intakes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.broker.BrokerPools;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.limits.Lead;
import org.mailchute.polled.PolledServer;
import org.mailchute.settings.Settings;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Incoming;
import org.mailchute.spool.Ledger;
import org.mailchute.spool.Spool;
import org.mailchute.steps.BusyFiles;
import org.mailchute.steps.PollTrouble;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.GivingWay;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.Patience;
import org.mailchute.watch.Stability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all intakes stand on: home, broker, routes, and what ends with it, such as the ledgers {@code HOME/seen/INTAKE...}. */
public record Ground(
        Settings settings,
        Lead lead,
        Path claims,
        Spool spool,
        DiskRoom disk,
        CamelContext context,
        BrokerPools pools,
        Clock clock,
        LongSupplier lanesBehind,
        Deque<AutoCloseable> parts)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

    /** With a file that cannot be taken: it is tried again every ten seconds, and never moved elsewhere. */
    static final Patience AT_ONCE = new Patience(Duration.ofSeconds(10), Duration.ofDays(1), false);

    /**
     * @param claims where each intake has its claims
     * @param lanesBehind deliveries that the lane furthest behind has to send
     */
    public Ground(
            Settings settings,
            Lead lead,
            Path claims,
            Spool spool,
            DiskRoom disk,
            CamelContext context,
            BrokerPools pools,
            Clock clock,
            LongSupplier lanesBehind) {
        this(settings, lead, claims, spool, disk, context, pools, clock, lanesBehind, new ArrayDeque<>());
    }

    /** For an intake of these settings, which ends by itself. */
    Ground under(Settings other) {
        return new Ground(other, lead, claims, spool, disk, context, pools, clock, lanesBehind);
    }

    /** What ends with the intake. */
    <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
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
        return keep(ledger);
    }

    /** @param most octets to remember files by */
    Stability stability(String intake, Duration stableFor, long most) throws IOException {
        return new Stability(stableFor, clock, ledger(intake + ".waiting", Stability.MOST, false), most);
    }

    KeptFiles kept(String intake, Incoming incoming) throws IOException {
        return new KeptFiles(ledger(intake + ".kept", KeptFiles.MOST, true), incoming);
    }

    /** What stands against polling this folder. */
    PollTrouble trouble(String intake, RejectedRoom rejected, FolderRoom room) {
        return trouble(intake, rejected, Optional.empty(), Optional.of(room));
    }

    /** What stands against polling this server. */
    PollTrouble trouble(String intake, RejectedRoom rejected, PolledServer server) {
        return trouble(intake, rejected, Optional.of(server), Optional.empty());
    }

    private PollTrouble trouble(
            String intake, RejectedRoom rejected, Optional<PolledServer> server, Optional<FolderRoom> room) {
        return new PollTrouble(intake, clock, rejected, server, room, new GivingWay(lanesBehind, clock));
    }

    /** What the route of an intake that is polled asks. */
    void bindPolled(String intake, GenericFileFilter<?> ready, PollTrouble trouble) {
        bind("ready-" + intake, ready);
        bind("trouble-" + intake, trouble);
        bind("busy-" + intake, new BusyFiles());
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
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part of an intake did not close cleanly", e);
            }
        }
    }
}
