package org.mailchute.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    /** A standby asks so often. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ClusterPlan plan;
    private final ClusterDatabase database;
    private final Lease lease;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread renewing = new Thread(this::renew, "mailchute-lease");
    private final Tenure tenure;

    private volatile Optional<Long> answered = Optional.empty();
    private volatile List<String> standbys = List.of();
    private volatile Optional<String> trouble = Optional.empty();
    private final String node;
    private final Consumer<String> waits;
    private boolean made;

    private Leadership(ClusterPlan plan, String node, Consumer<String> waits) {
        this.plan = plan;
        this.node = node;
        this.waits = waits;
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
        Leadership leadership = new Leadership(plan, node, waits);
        try {
            leadership.standBy();
        } catch (InterruptedException | RuntimeException e) {
            leadership.database.close();
            throw e;
        }
        leadership.renewing.setDaemon(true);
        leadership.renewing.start();
        return leadership;
    }

    private void standBy() throws InterruptedException {
        Set<String> told = new HashSet<>();
        for (Optional<Reason> why = hindrance(); why.isPresent(); why = hindrance()) {
            waits.accept(why.get().words());
            if (told.add(why.get().kind())) {
                LOG.warn("{}", why.get().words());
            }
            pause(LOOK);
        }
        if (!told.isEmpty()) {
            LOG.info("this gateway takes over");
        }
    }

    /** @param kind told once; a database words the same trouble differently each time */
    private record Reason(String kind, String words) {}

    /** Why it waits; empty when the lease is ours. */
    private Optional<Reason> hindrance() {
        try {
            if (!made) {
                database.migrate();
                made = true;
            }
            if (tenure.prolong()) {
                return Optional.empty();
            }
            lease.waits();
            String other = lease.holder().map(node -> "the gateway " + node).orElse("another gateway");
            return Optional.of(new Reason(
                    other,
                    other
                            + " works with this home: this gateway is its standby, waits, and takes over when that ends, or says"
                            + " nothing for " + plan.lease().toSeconds() + " s"));
        } catch (SQLException e) {
            return Optional.of(new Reason("database", ClusterDatabase.silence(e) + ": this gateway waits for it"));
        }
    }

    /** @return whether it ends */
    private boolean pause(Duration time) throws InterruptedException {
        return end.await(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            Duration next = plan.renewal();
            while (!lost.isDone() && !pause(Collections.min(List.of(next, tenure.left())))) {
                next = renewed() ? plan.renewal() : AGAIN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean renewed() {
        try {
            if (!holds() || !tenure.prolong()) {
                lost.complete(why());
                return true;
            }
            trouble = Optional.empty();
            look();
            if (homeIsSilent() && !standbys.isEmpty()) {
                lost.complete("home could not be read and written from here for "
                        + plan.silence().toSeconds() + " s, and " + standbys.get(0) + " stands by");
                lease.release();
            }
            return true;
        } catch (SQLException e) {
            trouble = Optional.of(ClusterDatabase.silence(e));
            LOG.warn(
                    "{}; asked again for {} s",
                    ClusterDatabase.silence(e),
                    tenure.left().toSeconds());
            return false;
        }
    }

    private boolean homeIsSilent() {
        long oldest = System.nanoTime() - plan.silence().toNanos();
        return answered.filter(last -> last - oldest < 0).isPresent();
    }

    private void look() throws SQLException {
        List<String> now = lease.standbys();
        if (!now.equals(standbys)) {
            LOG.info(now.isEmpty() ? "no gateway stands by any more" : "standing by: {}", String.join(", ", now));
        }
        standbys = now;
    }

    private String why() {
        try {
            Optional<String> other = lease.holder();
            if (other.isPresent()) {
                return "the gateway " + other.get() + " has taken over";
            }
        } catch (SQLException e) {
            LOG.debug("it is not known who works", e);
        }
        return "the cluster's database has not answered for " + plan.trust().toSeconds()
                + " s, so another gateway may have taken over";
    }

    @Override
    public boolean holds() {
        return !lost.isDone() && tenure.left().toNanos() > 0;
    }

    @Override
    public boolean confirm() {
        try {
            if (holds() && !lease.is(tenure.number())) {
                lost.complete(why());
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

    /**
     * Home was read and written just now. To be said each second from the first time on: a share that is gone, or hangs, is this machine's
     * trouble perhaps, and whoever stands by takes over then.
     */
    public void homeAnswers() {
        answered = Optional.of(System.nanoTime());
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
                tenure.end();
                lease.release();
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
