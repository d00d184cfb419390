package org.mailchute.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.Lead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this gateway works, and no other of its home: from when it has the lease until that has not been prolonged for too long. Then
 * {@link #holds} is false at once, whatever any thread waits for, and stays so.
 */
public final class Leadership implements Lead, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    /** Before what did not answer is asked again. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final ClusterPlan plan;
    private final ClusterDatabase database;
    private final Lease lease;
    private final Tenure tenure;
    private final String node;
    private final HomeWatch home = new HomeWatch(System::nanoTime);
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread renewing = thread(this::renew, "mailchute-lease");
    /** Apart, since a question to a database may wait longer than the lease lasts. */
    private final Thread watching = thread(this::watch, "mailchute-lease-end");

    private volatile List<String> standbys = List.of();
    private volatile Optional<String> trouble = Optional.empty();

    private Leadership(ClusterPlan plan, String node) {
        this.plan = plan;
        this.node = node;
        this.database = new ClusterDatabase(plan);
        this.lease = new Lease(database, plan, node);
        this.tenure = new Tenure(lease, plan.trust());
    }

    /**
     * Waits until it has the lease, for ever, and says for whom it waits.
     *
     * @param node this gateway, in words for people
     * @param waits told why it waits, each time it has looked
     */
    public static Leadership await(ClusterPlan plan, String node, Consumer<String> waits) throws InterruptedException {
        Leadership leadership = new Leadership(plan, node);
        try {
            new Candidate(plan, leadership.database, leadership.lease, leadership.tenure).standBy(waits);
        } catch (InterruptedException | RuntimeException e) {
            leadership.database.close();
            throw e;
        }
        leadership.renewing.start();
        leadership.watching.start();
        return leadership;
    }

    /** @return whether it ends */
    private boolean pause(Duration time) throws InterruptedException {
        return end.await(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread thread(Work work, String name) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private void renew() throws InterruptedException {
        Duration next = plan.renewal();
        while (!pause(next) && holds()) {
            next = renewed() ? plan.renewal() : AGAIN;
        }
    }

    private void watch() throws InterruptedException {
        while (!lost.isDone() && !pause(tenure.left())) {
            if (!holds()) {
                lost.complete("the cluster's database has not answered for "
                        + plan.trust().toSeconds()
                        + " s, or this process stood still: another gateway may have taken over");
            }
        }
    }

    private boolean renewed() {
        try {
            if (!tenure.prolong()) {
                other();
            } else {
                trouble = Optional.empty();
                look();
                giveWay();
            }
            return true;
        } catch (SQLException e) {
            trouble = Optional.of(ClusterDatabase.silence(e));
            LOG.warn(
                    "{}; asked again for {} s",
                    ClusterDatabase.silence(e),
                    Math.max(0, tenure.left().toSeconds()));
            return false;
        }
    }

    private void other() throws SQLException {
        lost.complete("the gateway " + lease.holder().orElse("that worked after this one") + " has taken over");
    }

    private void giveWay() throws SQLException {
        if (home.isSilentFor(plan.silence()) && !standbys.isEmpty()) {
            giveBack(); // first: whoever is told of it may end the process in that moment
            lost.complete("home could not be read and written from here for "
                    + plan.silence().toSeconds() + " s, and " + standbys.get(0) + " stands by");
        }
    }

    private void giveBack() throws SQLException {
        tenure.end();
        lease.release();
    }

    private void look() throws SQLException {
        List<String> now = lease.standbys();
        if (!now.equals(standbys)) {
            LOG.info(now.isEmpty() ? "no gateway stands by any more" : "standing by: {}", String.join(", ", now));
        }
        standbys = now;
    }

    @Override
    public long number() {
        return tenure.number();
    }

    @Override
    public boolean holds() {
        return !lost.isDone() && tenure.left().toNanos() > 0;
    }

    @Override
    public boolean confirm() {
        try {
            if (holds() && !lease.is(tenure.number())) {
                other();
            }
            return holds();
        } catch (SQLException e) {
            LOG.debug("nothing is begun", e); // the thread that renews tells of it
            return false;
        }
    }

    /** Completed, with words for people, when another gateway works, or may. */
    public CompletableFuture<String> lost() {
        return lost;
    }

    /** To be told that home can be read and written. */
    public HomeWatch home() {
        return home;
    }

    /** That it works, and who stands by. */
    public Gateways gateways() {
        return new Gateways(node, standbys);
    }

    /** Why it may have to stop soon, in words for people. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Whether it took over from one that did not end in order, and whose sessions its server may still count. */
    public boolean afterSilence() {
        return tenure.afterSilence();
    }

    /** Where what its mailboxes send is noted. */
    public BudgetJournals budgets() {
        return (name, window, clock, uptime) -> new BudgetTable(database, name, tenure.number(), window, uptime);
    }

    /** Another gateway may take over at once. */
    @Override
    public void close() throws InterruptedException {
        end.countDown();
        renewing.join();
        try {
            if (holds()) {
                giveBack();
            }
        } catch (SQLException e) {
            LOG.warn(
                    "{}: another gateway takes over after {} s",
                    ClusterDatabase.silence(e),
                    plan.lease().toSeconds());
        } finally {
            database.close();
        }
    }
}
