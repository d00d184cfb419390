package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;

class KillIT extends KillTrial {
    private static final int SCANS = 80;

    @Test
    @DisplayName(
            "P1, P2, P3: kill -9 in mid-stream, again and again, loses nothing and repeats only what SMTP cannot know")
    void killedInMidStreamItLosesNothing() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard().withDelayMillis(15))) {
            Path home = work.folder("home");
            Path settings = work.settings(home);
            Set<String> expected = new HashSet<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                int seen = work.received().size();
                for (int number = 0; number < SCANS / KILLS; number++) {
                    String name = "scan-%d-%03d.bin".formatted(kill, number);
                    work.drop(name, ("content of " + name).repeat(1_000).getBytes(StandardCharsets.UTF_8));
                    expected.add(name);
                }
                try (RunningJar gateway = start(settings)) {
                    Awaitility.await("some more mail")
                            .until(() -> work.received().size() >= seen + 8);
                    gateway.kill();
                }
            }
            try (RunningJar gateway = start(settings)) {
                Awaitility.await("all scans are mailed")
                        .untilAsserted(() ->
                                assertThat(messageIds(work.received()).keySet()).isEqualTo(expected));
                Awaitility.await("the spool is empty").untilAsserted(() -> {
                    assertThat(resting(home)).isEmpty();
                    assertThat(FilesIn.folder(work.folder("scans"))).isEmpty();
                });
                assertThat(gateway.terminate()).isEqualTo(143);
                assertThat(gateway.output().lines())
                        .as("the log says why it ended, and how")
                        .anyMatch(line -> line.contains("mailchute was told to stop (SIGTERM or Ctrl-C)"))
                        .last(InstanceOfAssertFactories.STRING)
                        .endsWith("mailchute has stopped; what waits goes on at the next start");
            }
            assertThat(work.received().size())
                    .as("a repeat for each delivery that was under way when it was killed, at the most")
                    .isBetween(SCANS, SCANS + KILLS * SESSIONS);
            assertThat(messageIds(work.received()).values())
                    .as("a repeat has the same Message-ID")
                    .allSatisfy(ids -> assertThat(ids).hasSize(1));
        }
    }
}
