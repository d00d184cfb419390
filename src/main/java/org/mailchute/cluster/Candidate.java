package org.mailchute.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that waits for the lease, and says for whom. */
final class Candidate {
    private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ClusterPlan plan;
    private final ClusterDatabase database;
    private final Lease lease;
    private final Tenure tenure;
    private boolean made;

    Candidate(ClusterPlan plan, ClusterDatabase database, Lease lease, Tenure tenure) {
        this.plan = plan;
        this.database = database;
        this.lease = lease;
        this.tenure = tenure;
    }

    /**
     * Why it waits.
     *
     * @param kind told once, until it is another; a database words the same trouble differently each time
     */
    private record Reason(String kind, String words) {}

    /**
     * Returns when the lease is ours.
     *
     * @param waits told why it waits, each time it has looked
     */
    void standBy(Consumer<String> waits) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        String told = "";
        for (Optional<Reason> why = hindrance(); why.isPresent(); why = hindrance()) {
            waits.accept(why.get().words());
            if (!why.get().kind().equals(told)) {
                told = why.get().kind();
                LOG.warn("{}", why.get().words());
            }
            never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!told.isEmpty()) {
            LOG.info("this gateway takes over");
        }
    }

    /** Empty when the lease is ours. */
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
}
