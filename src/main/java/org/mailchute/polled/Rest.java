package org.mailchute.polled;

import java.time.Duration;
import java.time.Instant;

/** For how long something is let alone. */
final class Rest {
    private Rest() {}

    /** A clock that was set back ends it. */
    static boolean lasts(Instant since, Duration rest, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(rest));
    }
}
