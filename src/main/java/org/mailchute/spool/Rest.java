package org.mailchute.spool;

import java.time.Duration;
import java.time.Instant;

/** For how long something is let alone: not tried, looked at or told of again. */
public final class Rest {
    private Rest() {}

    /** A clock that was set back ends it. */
    public static boolean lasts(Instant since, Duration rest, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(rest));
    }
}
