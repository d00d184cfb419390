package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.simulator.Scenario;

class KillBudgetIT extends KillTrial {
    @Test
    @DisplayName("P6: the day's budget survives kill -9 in mid-stream")
    void killedInMidStreamItSendsNoMoreThanTheDaysBudget() throws Exception {
        int budget = 25;
        try (Workplace work = new Workplace(root, Scenario.standard().with("delayMillis", 15))) {
            Path settings = work.settings(work.folder("home"), ", recipientsPerDay: " + budget);
            for (int kill = 1; kill <= 2; kill++) {
                int seen = work.received().size();
                dropTen(work, "before-" + kill);
                try (RunningJar gateway = start(settings)) {
                    Awaitility.await("some more mail")
                            .until(() -> work.received().size() >= seen + 6);
                    gateway.kill();
                }
            }
            for (String more : List.of("after", "more", "and-more")) {
                dropTen(work, more);
            }
            try (RunningJar gateway = start(settings)) {
                Awaitility.await("what a kill left reserved is not sent, the rest is, and then nothing more")
                        .during(Duration.ofSeconds(3))
                        .untilAsserted(() -> assertThat(work.received()).hasSizeBetween(budget - 2 * SESSIONS, budget));
                assertThat(gateway.terminate()).isEqualTo(143);
            }
        }
    }

    private static void dropTen(Workplace work, String name) throws IOException {
        for (int number = 0; number < 10; number++) {
            work.drop("%s-%d.bin".formatted(name, number), new byte[] {1, 2, (byte) number});
        }
    }
}
