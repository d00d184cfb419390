package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.MovableClock;

/** How often a folder is polled while lanes are behind. */
class GivingWayTest {
    private final MovableClock clock = new MovableClock();
    private final AtomicLong behind = new AtomicLong(2_001);
    private final GivingWay way = new GivingWay(behind::get, clock);

    @Test
    @DisplayName("While a lane is behind, a folder is polled every five seconds")
    void everyFiveSeconds() {
        assertThat(way.mayPoll()).isTrue();
        clock.move(Duration.ofMillis(4_999));
        assertThat(way.mayPoll()).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(way.mayPoll()).isTrue();
        assertThat(way.mayPoll()).isFalse();
    }

    @Test
    @DisplayName(
            "P8: The further a lane is behind, the less often a folder is polled that brings many at a time, in five minutes at the latest")
    void theFurtherBehindTheLessOften() {
        behind.set(6_001);
        assertThat(way.mayPoll()).isTrue();
        way.polled(500);
        clock.move(Duration.ofMillis(44_999));
        assertThat(way.mayPoll()).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(way.mayPoll()).isTrue();
        behind.set(1_000_000);
        clock.move(Duration.ofMinutes(5).minusMillis(1));
        assertThat(way.mayPoll()).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(way.mayPoll()).isTrue();
    }

    @Test
    @DisplayName(
            "However far a lane is behind, what comes in small numbers waits no longer than five seconds: it may go by another")
    void fewAreTakenAsOftenAsEver() {
        behind.set(1_000_000);
        assertThat(way.mayPoll()).isTrue();
        way.polled(50);
        clock.move(Duration.ofSeconds(5));
        assertThat(way.mayPoll()).isTrue();
    }

    @Test
    @DisplayName("While none is, at each poll")
    void atEachPoll() {
        behind.set(2_000);
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
