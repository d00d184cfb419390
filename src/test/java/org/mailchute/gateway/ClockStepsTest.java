package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

class ClockStepsTest {
    private final MovableClock clock = new MovableClock();
    private final MovableClock steady = new MovableClock();
    private final ClockSteps steps = new ClockSteps(clock, steady);

    private void pass(Duration time) {
        clock.move(time);
        steady.move(time);
        steps.look();
    }

    @Test
    void aStepIsToldOnceEachWay() {
        try (LogLines log = LogLines.of(ClockSteps.class.getName())) {
            pass(Duration.ofHours(3)); // the process was stopped, or the machine slept
            clock.move(Duration.ofHours(-5));
            pass(Duration.ofSeconds(1));
            pass(Duration.ofSeconds(1));
            clock.move(Duration.ofHours(7));
            pass(Duration.ofSeconds(1));
            pass(Duration.ofSeconds(1));
            assertThat(log.lines())
                    .satisfiesExactly(
                            back -> assertThat(back)
                                    .startsWith("WARN the machine's clock was set back by 300 min: what waits"),
                            forward -> assertThat(forward)
                                    .startsWith("WARN the machine's clock was set forward by 420 min: what waits"));
        }
    }

    @Test
    void whatATimeServiceCorrectsIsNotTold() {
        try (LogLines log = LogLines.of(ClockSteps.class.getName())) {
            for (int times = 0; times < 100; times++) {
                clock.move(Duration.ofSeconds(-20));
                pass(Duration.ofSeconds(1));
            }
            assertThat(log.lines()).isEmpty();
        }
    }
}
