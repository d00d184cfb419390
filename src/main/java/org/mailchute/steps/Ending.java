package org.mailchute.steps;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of the gateway, for a thread that waits until a disk or a database is well again. */
final class Ending {
    private final CountDownLatch begun = new CountDownLatch(1);

    /** Nobody waits any more. */
    void begin() {
        begun.countDown();
    }

    /** Whether it has begun; waits a second for that. */
    boolean hasBegun() {
        return beginsWithin(Duration.ofSeconds(1));
    }

    boolean beginsWithin(Duration time) {
        try {
            return begun.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
