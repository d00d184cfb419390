package org.mailchute.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.cluster.Gateways;
import org.mailchute.cluster.HomeWatch;
import org.mailchute.cluster.Leadership;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.Lead;
import org.mailchute.management.StandbyPages;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That home is this gateway's, until it ends; or, in a cluster, until another gateway takes over.
 *
 * @param lead asked before each step that another gateway would repeat
 * @param budgets where it is noted what mailboxes send
 * @param afterSilence another one had it, did not end in order, and may still have sessions open
 * @param lost completed, with words for people, when another gateway has it, or may
 * @param watch told each second that home can be read and written
 * @param trouble why it may be lost soon, likewise
 * @param cluster who else there is
 */
record HomeHold(
        Lead lead,
        BudgetJournals budgets,
        boolean afterSilence,
        CompletableFuture<String> lost,
        HomeWatch watch,
        Supplier<Optional<String>> trouble,
        Optional<Supplier<Gateways>> cluster) {
    private static final Logger LOG = LoggerFactory.getLogger(HomeHold.class);

    /**
     * Waits until it is, for ever, and says for whom.
     *
     * @param parts what ends with the gateway
     */
    static HomeHold take(Settings settings, OpenParts parts) throws Exception {
        Path home = settings.home();
        if (settings.cluster().isEmpty()) {
            parts.keep(HomeLock.take(home));
            return alone(home);
        }
        parts.keep(HomeLock.share(home));
        Leadership leadership = parts.keep(awaited(settings, settings.cluster().get()));
        return new HomeHold(
                leadership,
                leadership.budgets(),
                leadership.afterSilence(),
                leadership.lost(),
                leadership.home(),
                leadership::trouble,
                Optional.of(leadership::gateways));
    }

    /** Of one gateway. */
    static HomeHold alone(Path home) {
        return new HomeHold(
                Lead.ALONE,
                BudgetJournals.in(home.resolve("budget")),
                false,
                new CompletableFuture<>(),
                new HomeWatch(System::nanoTime),
                Optional::empty,
                Optional.empty());
    }

    private static Leadership awaited(Settings settings, ClusterPlan cluster) throws Exception {
        AtomicReference<String> why = new AtomicReference<>("this gateway starts");
        try (AutoCloseable pages = StandbyPages.start(settings.management(), () -> "standby: " + why.get())) {
            return Leadership.await(cluster, node(settings), why::set);
        }
    }

    private static String node(Settings settings) throws UnknownHostException {
        return "%s (process %d on %s)"
                .formatted(
                        settings.name(),
                        ProcessHandle.current().pid(),
                        InetAddress.getLocalHost().getHostName());
    }

    /** The settings to work by: a standby may have waited for months, and its file say something else by now. */
    Settings afresh(SettingsSource source, Settings first) throws Exception {
        Settings now = shared() ? read(source, first) : first;
        if (!now.home().equals(first.home())) {
            throw new IllegalStateException("gateway.home: " + now.home() + " was " + first.home()
                    + " when this standby was started: start it again");
        }
        return now;
    }

    /** A night's takeover does not fail of what somebody wrote in the meantime. */
    private static Settings read(SettingsSource source, Settings first) throws Exception {
        try {
            return source.read();
        } catch (FaultySettings e) {
            e.faults().forEach(fault -> LOG.error("{}", fault));
            LOG.error("the settings are faulty now: this gateway works by those of its start");
            return first;
        }
    }

    /** Whether another machine may take over, which sees what was forced to the disk only. */
    boolean shared() {
        return cluster.isPresent();
    }
}
