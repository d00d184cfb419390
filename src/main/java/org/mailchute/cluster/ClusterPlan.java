package org.mailchute.cluster;

import java.time.Duration;
import org.mailchute.database.Postgres;

/**
 * Several gateways with one home, of which one works.
 *
 * @param database where they agree on which one
 * @param lease after so long without a word from whoever works, another takes over; 3 seconds or more
 */
public record ClusterPlan(Postgres database, Duration lease) {
    /** Between two renewals: two may fail. */
    Duration renewal() {
        return lease.dividedBy(4);
    }

    /** After so long without an answer of home whoever works gives way to whoever stands by. */
    Duration silence() {
        return lease.multipliedBy(2);
    }

    /**
     * After so long without a renewal, counted from before it was asked for, whoever works stops by itself: earlier than the database
     * lets another take over.
     */
    Duration trust() {
        return lease.multipliedBy(7).dividedBy(10);
    }
}
