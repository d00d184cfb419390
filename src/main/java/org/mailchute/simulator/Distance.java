package org.mailchute.simulator;

import java.util.concurrent.locks.LockSupport;

/** The time a flight of replies takes. */
final class Distance {
    private Distance() {}

    static void travel(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
