package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.RealPostgres;

/** Two gateways with one home, a real Artemis and a real PostgreSQL. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/artemis, and stops a process by SIGSTOP")
class ClusterIT extends ClusterTrial {
    private static final int DAY = 25;
    private static final int SESSIONS = 2;

    @Test
    @DisplayName(
            "P1 to P6: from one that stands still, and from one that is killed, the other takes over: nothing is lost, sent"
                    + " twice, or more than the day allows")
    void oneTakesOverFromTheOther() throws Exception {
        int port = FreePort.number();
        try (Workplace work = new Workplace(root, Scenario.standard().with("delayMillis", 50));
                RealPostgres database = RealPostgres.start();
                RunningArtemis broker = RunningArtemis.start(work.folder("artemis"), port)) {
            Path settings = work.settings(
                    work.folder("home"),
                    ", recipientsPerDay: " + DAY,
                    "",
                    sections("tcp://127.0.0.1:" + port + "?" + SOON, database, "4s"));
            try (RunningJar first = start(settings).awaitUp();
                    RunningJar second = standby(settings)) {
                flow(work, "first", 10, 4);
                first.signal("STOP");
                second.awaitUp();
                assertThat(second.output()).contains("this gateway takes over");
                awaitAll(work, 10); // what the first had in its hands too
                first.signal("CONT");
                assertThat(first.exitCode()).as(first.output()).isOne();
                assertThat(first.output())
                        .contains(
                                "taken over: mailchute ends at once with exit code 1, to be started again as a standby");
                try (RunningJar third = start(settings)) {
                    Awaitility.await("the one that works tells of it")
                            .until(() -> lanes(settings)
                                    .contains("Standing by: gateway.contoso.example (process " + third.pid()));
                    flow(work, "second", 10, 4);
                    second.kill();
                    third.awaitUp();
                    awaitAll(work, 20);
                    drop(work, "third", 10);
                    Awaitility.await("what a kill left reserved is not sent, the rest is, and then nothing more")
                            .during(Duration.ofSeconds(3))
                            .untilAsserted(() -> assertThat(work.received()).hasSizeBetween(DAY - 2 * SESSIONS, DAY));
                    assertThat(third.terminate()).isEqualTo(143);
                }
            }
            assertThat(surplus(work)).as("twice, where nobody could know").isLessThanOrEqualTo(perhapsTwice());
        }
    }

    private String lanes(Path settings) throws Exception {
        try (RunningJar lanes = RunningJar.command(root, List.of(), "lanes", "--config", settings.toString())) {
            assertThat(lanes.exitCode()).as(lanes.output()).isZero();
            return lanes.output();
        }
    }
}
