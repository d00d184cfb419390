package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;

/** The real gateway at its limit, killed again and again within the minute that is counted. */
@Tag("nightly")
class PaceKillIT {
    private static final int PER_MINUTE = 30;
    private static final int KILLS = 8;
    /** What a throttle that has forgotten everything lets through at once. */
    private static final int UNTIL_THE_NEXT = 5;

    @TempDir
    Path root;

    @Test
    @DisplayName("P6: kill -9 and restart, again and again, let no more than 30 messages into any minute")
    void killedAndStartedAgainItKeepsToTheMinute() throws Exception {
        try (Workplace work = new Workplace(root, Workplace.withItsMailbox(Scenario.standard()))) {
            Path settings = work.submitting(work.folder("home"), ", messagesPerMinute: " + PER_MINUTE);
            for (int number = 0; number < 3 * PER_MINUTE; number++) {
                work.drop("scan-%03d.bin".formatted(number), new byte[] {1, 2, (byte) number});
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int seen = work.received().size();
                try (RunningJar gateway = start(settings)) {
                    Awaitility.await("some more mail")
                            .until(() -> work.received().size() >= seen + UNTIL_THE_NEXT);
                    gateway.kill();
                }
            }
            try (RunningJar gateway = start(settings)) {
                Awaitility.await("the next minute's mail as well")
                        .until(() -> work.received().size() >= 2 * PER_MINUTE);
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            assertThat(work.busiestMinute().began()).as("at MAIL").isLessThanOrEqualTo(PER_MINUTE);
            assertThat(work.busiestMinute().taken()).as("at acceptance").isLessThanOrEqualTo(PER_MINUTE);
        }
    }

    private RunningJar start(Path settings) throws Exception {
        return RunningJar.start(root, List.of("-Xmx256m"), "run", "--config", settings.toString());
    }
}
