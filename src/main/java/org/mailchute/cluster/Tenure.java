package org.mailchute.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How long the lease is ours yet by this process' own time, which nobody sets, and which goes on while the process is stopped. */
final class Tenure {
    /**
     * Of one that stands still the sessions stay open until their servers give up: those wait five minutes for a command (RFC 5321
     * section 4.5.3.2.7), and some longer.
     */
    private static final Duration CONNECTED = Duration.ofMinutes(10);

    private final Lease lease;
    private final Duration trust;
    private volatile long number;
    private volatile boolean afterSilence;
    private volatile long until = System.nanoTime();

    /** It is not ours yet. @param trust after so long without a renewal it is not */
    Tenure(Lease lease, Duration trust) {
        this.lease = lease;
        this.trust = trust;
    }

    /** @return whether it is ours; never when the answer came too late */
    boolean prolong() throws SQLException {
        long end = System.nanoTime() + trust.toNanos(); // from before it is asked
        Optional<Lease.Taken> taken = lease.take();
        if (taken.isEmpty() || end - System.nanoTime() <= 0) {
            return false;
        }
        number = taken.get().number();
        afterSilence = taken.get()
                .silence()
                .filter(since -> since.compareTo(CONNECTED) < 0)
                .isPresent();
        until = end;
        return true;
    }

    /** Zero or less when it is over. */
    Duration left() {
        return Duration.ofNanos(until - System.nanoTime());
    }

    /** It grows with each new holder. */
    long number() {
        return number;
    }

    /** Whether whoever had it before may be there still, with sessions open. */
    boolean afterSilence() {
        return afterSilence;
    }

    void end() {
        until = System.nanoTime();
    }
}
