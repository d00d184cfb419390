package org.mailchute.cluster;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailchute.limits.BudgetJournal;
import org.mailchute.limits.BudgetJournals;
import org.mailchute.limits.Lead;
import org.mailchute.limits.Uptime;
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

    /**
     * Of one that stands still the sessions stay open, until their servers give up: those wait five minutes for a command (RFC 5321
     * section 4.5.3.2.7), and some longer.
     */
    private static final Duration CONNECTED = Duration.ofMinutes(10);

    private final ClusterPlan plan;
    private final ClusterDatabase database;
    private final Lease lease;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread renewing = new Thread(this::renew, "mailchute-lease");
    private volatile long number;
    /** Likewise of {@link System#nanoTime}. */
    private volatile long former;
    /** Of {@link System#nanoTime}, which goes on while a process is stopped. */
    private volatile long until;

    private boolean made;

    private Leadership(ClusterPlan plan, String node) {
        this.plan = plan;
        this.database = new ClusterDatabase(plan);
        this.lease = new Lease(database, plan, node);
    }

    /**
     * Waits until it has the lease, for ever, and says for whom it waits.
     *
     * @param node this gateway, in words for people
     */
    public static Leadership await(ClusterPlan plan, String node) throws InterruptedException {
        Leadership leadership = new Leadership(plan, node);
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
            if (prolong()) {
                return Optional.empty();
            }
            String other = lease.holder().map(node -> "the gateway " + node).orElse("another gateway");
            return Optional.of(new Reason(
                    other,
                    other
                            + " works with this home: this gateway is its standby, waits, and takes over when that ends, or says"
                            + " nothing for " + plan.lease().toSeconds() + " s"));
        } catch (SQLException e) {
            return Optional.of(new Reason("database", silence(e) + ": this gateway waits for it"));
        }
    }

    /** The pool's own words are how long it waited; why is below them. */
    private static String silence(SQLException e) {
        Throwable why = e;
        while (why.getCause() != null) {
            why = why.getCause();
        }
        return "the cluster's database does not answer (" + why.getMessage() + ")";
    }

    /** @return whether it is ours; never when the answer came too late */
    private boolean prolong() throws SQLException {
        long end = System.nanoTime() + plan.trust().toNanos(); // from before it is asked
        Optional<Lease.Taken> taken = lease.take();
        if (taken.isEmpty() || end - System.nanoTime() <= 0) {
            return false;
        }
        Duration silence = taken.get().silence().orElse(CONNECTED);
        former = System.nanoTime() + CONNECTED.minus(silence).toNanos();
        number = taken.get().number();
        until = end;
        return true;
    }

    /** @return whether it ends */
    private boolean pause(Duration time) throws InterruptedException {
        return end.await(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            Duration next = plan.renewal();
            while (!lost.isDone() && !pause(Collections.min(List.of(next, left())))) {
                next = renewed() ? plan.renewal() : AGAIN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean renewed() {
        try {
            if (!holds() || !prolong()) {
                lost.complete(why());
            }
            return true;
        } catch (SQLException e) {
            LOG.warn("{}; asked again for {} s", silence(e), left().toSeconds());
            return false;
        }
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

    private Duration left() {
        return Duration.ofNanos(until - System.nanoTime());
    }

    @Override
    public boolean holds() {
        return !lost.isDone() && until - System.nanoTime() > 0;
    }

    @Override
    public boolean confirm() {
        try {
            if (holds() && !lease.is(number)) {
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

    /** Where what its mailboxes send is noted. */
    public BudgetJournals budgets() {
        return new BudgetJournals() {
            @Override
            public BudgetJournal open(String name, Duration window, Clock clock, Uptime uptime) {
                return new BudgetTable(database, name, number, window, uptime);
            }

            @Override
            public int sessions(int most) {
                return former - System.nanoTime() > 0 ? Math.max(1, most / 2) : most;
            }
        };
    }

    /** Another gateway may take over at once. */
    @Override
    public void close() throws InterruptedException {
        end.countDown();
        renewing.join();
        try {
            if (holds()) {
                until = System.nanoTime();
                lease.release();
            }
        } catch (SQLException e) {
            LOG.warn(
                    "{}: another gateway takes over after {} s",
                    silence(e),
                    plan.lease().toSeconds());
        } finally {
            database.close();
        }
    }
}
