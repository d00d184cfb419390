package org.mailchute.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final AtomicInteger cut = new AtomicInteger();

    private Watchdog.Wait until(Instant last) {
        return new Watchdog.Wait() {
            @Override
            public Instant last() {
                return last;
            }

            @Override
            public void cut() {
                cut.incrementAndGet();
            }
        };
    }

    @Test
    void whoeverTakesTooLongIsEndedAlsoAfterATimeInWhichNobodyWasThere() {
        try (Watchdog dog = new Watchdog("test", Clock.systemUTC())) {
            Watchdog.Wait inTime = until(Instant.MAX);
            dog.watch(inTime);
            for (int times = 1; times <= 3; times++) {
                int before = times;
                dog.watch(until(Instant.EPOCH));
                await("ended").until(() -> cut.get() == before);
                dog.leave(inTime);
            }
            assertThat(dog.watches(inTime)).isFalse();
        }
    }

    @Test
    void whatIsWatchedAfterTheEndDoesNoHarm() {
        Watchdog dog = new Watchdog("test", Clock.systemUTC());
        dog.close();
        Watchdog.Wait late = until(Instant.EPOCH);
        dog.watch(late);
        assertThat(dog.watches(late)).isTrue();
    }
}
