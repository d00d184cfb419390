package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    @Test
    void theStandardScheduleIs1And5And15And30MinutesThen1And2HoursThenEvery4HoursWithin48() {
        List<Duration> waits = RetrySchedule.standard();
        assertThat(waits.stream().map(Duration::toMinutes))
                .startsWith(1L, 5L, 15L, 30L, 60L, 120L, 240L, 240L)
                .hasSize(17);
        Duration sum = waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(sum).isBetween(Duration.ofHours(44), Duration.ofHours(48));
    }

    @Test
    void eachAttemptHasItsWaitAndThenTheScheduleIsUsedUp() {
        RetrySchedule schedule =
                new RetrySchedule(List.of(Duration.ofSeconds(1), Duration.ofMinutes(5)), 0, new Random(1));
        assertThat(schedule.wait(1)).contains(Duration.ofSeconds(1));
        assertThat(schedule.wait(2)).contains(Duration.ofMinutes(5));
        assertThat(schedule.wait(3)).isEmpty();
        assertThat(schedule.wait(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void jitterSpreadsAWaitByATenthEitherWayAndNoFurther() {
        RetrySchedule schedule = new RetrySchedule(RetrySchedule.standard(), 0.1, new Random(7));
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 10_000; i++) {
            long millis = schedule.wait(2).orElseThrow().toMillis();
            assertThat(millis).isBetween(270_000L, 330_000L);
            shortest = Math.min(shortest, millis);
            longest = Math.max(longest, millis);
        }
        assertThat(shortest).isLessThan(271_000);
        assertThat(longest).isGreaterThan(329_000);
    }

    @Test
    void anEmptyScheduleNeverTriesAgain() {
        assertThat(new RetrySchedule(List.of(), 0.1, new Random(1)).wait(1)).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        Random random = new Random(1);
        assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), 0, random))
                .hasMessageContaining("longer than nothing");
        assertThatThrownBy(() -> new RetrySchedule(List.of(), 0.6, random)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> new RetrySchedule(List.of(), Double.NaN, random))
                .hasMessageContaining("jitter");
        assertThatThrownBy(() -> new RetrySchedule(List.of(), 0, random).wait(0))
                .hasMessageContaining("first attempt");
    }
}
