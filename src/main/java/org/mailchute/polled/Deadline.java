package org.mailchute.polled;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When something that a server says must have come to its end, however often it says a little. */
final class Deadline {
    private final Duration most;
    private final LongSupplier nanos;
    private final long since;

    /**
     * @param most from now on
     * @param nanos as {@link System#nanoTime}
     */
    Deadline(Duration most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    boolean isOver() {
        return nanos.getAsLong() - since > most.toNanos();
    }

    /** @throws SocketTimeoutException when it is over */
    void check(String what) throws SocketTimeoutException {
        if (isOver()) {
            throw new SocketTimeoutException(what + " did not come to an end in " + most.toMinutes() + " minutes");
        }
    }
}
