package org.mailchute.limits;

import java.time.Duration;
import java.util.Optional;
import org.mailchute.testing.MovableClock;

/** A machine whose time a test moves: its uptime, which nobody can set, and its clock, which anybody can. */
final class Machine {
    final MovableClock clock = new MovableClock();
    private int starts = 1;
    private long millis = 1_000_000;
    private boolean known = true;

    /** As one that does not tell which of its starts this is. */
    Machine unknown() {
        known = false;
        return this;
    }

    /** As a process sees it that starts now. */
    Uptime uptime() {
        String boot = "boot-" + starts;
        return new Uptime(known ? Optional.of(boot) : Optional.empty(), this::millis);
    }

    private synchronized long millis() {
        return millis;
    }

    /** Time goes by. */
    synchronized void move(Duration by) {
        millis += by.toMillis();
        clock.move(by);
    }

    /** It is switched off and on again. */
    synchronized void restart(Duration down) {
        starts++;
        millis = 3_000;
        clock.move(down);
    }
}
