package org.mailchute.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;

/**
 * How long a test waits for what must come. Only a test that fails anyway waits so long; no test may depend on how fast the machine
 * is, so there is one patience for all of them, and {@link TestRun} makes it Awaitility's default.
 */
public final class Patience {
    /** Longer than any machine needs for one step of a test. */
    public static final Duration LONGEST = Duration.ofMinutes(4);

    /** For time-outs that are given in milliseconds: of sockets, consumers and FTP clients. */
    public static final int MILLIS = (int) LONGEST.toMillis();

    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration EACH_LOOK = Duration.ofMillis(100);

    private Patience() {}

    /** What the action gives, which may come as late as it likes but no sooner: a lower bound holds on every machine. */
    public static <T> T notBefore(Duration least, Callable<T> action) throws Exception {
        long begun = System.nanoTime();
        T given = action.call();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(least);
        return given;
    }

    static void becomeTheDefault() {
        Awaitility.setDefaultTimeout(LONGEST);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(Patience::next, FIRST_LOOK));
    }

    /** What comes soon is seen soon, and what takes long is not asked for all the time. */
    private static Duration next(Duration last) {
        Duration longer = last.multipliedBy(3).dividedBy(2);
        return longer.compareTo(EACH_LOOK) < 0 ? longer : EACH_LOOK;
    }
}
