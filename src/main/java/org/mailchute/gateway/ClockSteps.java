package org.mailchute.gateway;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, once a step, that somebody set the machine's clock: what waits until a time waits longer then, or no longer. For one thread. */
final class ClockSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ClockSteps.class);
    /** What a time service corrects without a word is less. */
    private static final Duration WORTH_TELLING = Duration.ofMinutes(2);

    private final Clock clock;
    private final Clock steady;
    private Duration ahead;

    /** @param steady that nobody sets */
    ClockSteps(Clock clock, Clock steady) {
        this.clock = clock;
        this.steady = steady;
        this.ahead = ahead();
    }

    private Duration ahead() {
        return Duration.between(steady.instant(), clock.instant());
    }

    /** Call every second or so. */
    void look() {
        Duration now = ahead();
        Duration step = now.minus(ahead);
        ahead = now;
        if (step.abs().compareTo(WORTH_TELLING) < 0) {
            return;
        }
        LOG.warn(
                "the machine's clock was set {} by {} min: {}; look at its time service{}",
                step.isNegative() ? "back" : "forward",
                step.abs().plusSeconds(30).toMinutes(),
                step.isNegative()
                        ? "what waits for its next attempt or for a paused lane waits that much longer (`lanes release` ends a"
                                + " pause), new mail does not"
                        : "what waits for its next attempt goes at once",
                step.isNegative() ? "" : ", unless the machine slept");
    }
}
