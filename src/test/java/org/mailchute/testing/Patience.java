package org.mailchute.testing;

import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * How long a test waits for what must come. Only a test that fails anyway waits so long; no test may depend on how fast the machine
 * is, so there is one patience for all of them, and {@link TestRun} makes it Awaitility's default.
 */
public final class Patience {
    /** Longer than any machine needs for one step of a test. */
    public static final Duration LONGEST = Duration.ofMinutes(4);

    /** For time-outs that are given in milliseconds: of sockets, consumers and FTP clients. */
    public static final int MILLIS = (int) LONGEST.toMillis();

    /** How soon what has come is seen: a tenth of Awaitility's own interval, since most of what journeys wait for takes milliseconds. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private Patience() {}

    static void becomeTheDefault() {
        Awaitility.setDefaultTimeout(LONGEST);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(LOOK);
    }
}
