package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.MovableClock;

/** How often a folder is polled while lanes are behind. */
class GivingWayTest {
    private final MovableClock clock = new MovableClock();
    private final AtomicBoolean behind = new AtomicBoolean(true);
    private final GivingWay way = new GivingWay(behind::get, clock);

    @Test
    @DisplayName("While a lane is far behind, a folder is polled every five seconds, and never less often")
    void everyFiveSeconds() {
        assertThat(way.mayPoll()).isTrue();
        clock.move(Duration.ofMillis(4_999));
        assertThat(way.mayPoll()).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(way.mayPoll()).isTrue();
        assertThat(way.mayPoll()).isFalse();
    }

    @Test
    @DisplayName("While none is, at each poll")
    void atEachPoll() {
        behind.set(false);
        assertThat(way.mayPoll()).isTrue();
        assertThat(way.mayPoll()).isTrue();
    }

    @Test
    @DisplayName("A clock that is set back holds nothing up")
    void aClockThatIsSetBack() {
        assertThat(way.mayPoll()).isTrue();
        clock.move(Duration.ofHours(-1));
        assertThat(way.mayPoll()).isTrue();
    }
}
