package org.mailchute.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.mailchute.cluster.ClusterPlan;
import org.mailchute.cluster.Leadership;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.Lead;
import org.mailchute.settings.Settings;

/**
 * That home is this gateway's, until it ends; or, in a cluster, until another gateway takes over.
 *
 * @param lead asked before each step that another gateway would repeat
 * @param budgets where it is noted what mailboxes send
 * @param lost completed, with words for people, when another gateway has it, or may
 * @param shared whether another machine may take over, which sees what was forced to the disk only
 */
record HomeHold(Lead lead, BudgetJournals budgets, CompletableFuture<String> lost, boolean shared) {
    /**
     * Waits until it is, for ever, and says for whom.
     *
     * @param parts what ends with the gateway
     */
    static HomeHold take(Settings settings, OpenParts parts) throws Exception {
        Path home = settings.home();
        if (settings.cluster().isEmpty()) {
            parts.keep(HomeLock.take(home));
            return new HomeHold(
                    Lead.ALONE, BudgetJournals.in(home.resolve("budget")), new CompletableFuture<>(), false);
        }
        parts.keep(HomeLock.share(home));
        ClusterPlan cluster = settings.cluster().get();
        Leadership leadership = parts.keep(Leadership.await(cluster, node(settings)));
        return new HomeHold(leadership, leadership.budgets(), leadership.lost(), true);
    }

    private static String node(Settings settings) throws UnknownHostException {
        return "%s (process %d on %s)"
                .formatted(
                        settings.name(),
                        ProcessHandle.current().pid(),
                        InetAddress.getLocalHost().getHostName());
    }
}
