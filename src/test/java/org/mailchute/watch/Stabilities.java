package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.mailchute.spool.Ledger;

/** Those of tests, with their notes in a folder. */
final class Stabilities {
    private Stabilities() {}

    static Stability all(Path notes, Duration stableFor, Clock clock) throws IOException {
        return some(notes, stableFor, clock, Stability.ALL);
    }

    /** @param most octets */
    static Stability some(Path notes, Duration stableFor, Clock clock, long most) throws IOException {
        return new Stability(stableFor, clock, Ledger.open(notes, "desk.waiting", Stability.MOST, false), most);
    }
}
