package org.mailchute.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HomeWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicLong now = new AtomicLong();
    private final HomeWatch home = new HomeWatch(now::get);

    private void move(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void itIsSilentOnceTheLastAnswerIsOld() {
        home.answers();
        move(LIMIT);
        assertThat(home.isSilentFor(LIMIT)).isFalse();
        move(Duration.ofNanos(1));
        assertThat(home.isSilentFor(LIMIT)).isTrue();
        home.answers();
        assertThat(home.isSilentFor(LIMIT)).isFalse();
    }

    @Test
    void aStartAndAnOrderlyEndTakeAsLongAsTheyTake() {
        move(LIMIT.multipliedBy(2));
        assertThat(home.isSilentFor(LIMIT)).as("it starts").isFalse();
        home.answers();
        home.ends();
        move(LIMIT.multipliedBy(2));
        assertThat(home.isSilentFor(LIMIT)).as("it ends").isFalse();
    }
}
