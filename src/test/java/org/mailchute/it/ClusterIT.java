package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.RealPostgres;
import org.mailchute.trace.DeliveryEvent;

/** Two gateways with one home, a real Artemis and a real PostgreSQL. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts bin/artemis, and stops a process by SIGSTOP")
class ClusterIT {
    private static final int DAY = 25;
    private static final int SESSIONS = 2;

    @TempDir
    Path root;

    @Test
    @DisplayName(
            "P1 to P6: from one that stands still, and from one that is killed, the other takes over: nothing is lost, sent"
                    + " twice, or more than the day allows")
    void oneTakesOverFromTheOther() throws Exception {
        int port = FreePort.number();
        Path password = Files.writeString(root.resolve("password"), "gateway-secret");
        try (Workplace work = new Workplace(root, Scenario.standard().with("delayMillis", 50));
                RealPostgres database = RealPostgres.start();
                RunningArtemis broker = RunningArtemis.start(work.folder("artemis"), port)) {
            Path settings = work.settings(work.folder("home"), ", recipientsPerDay: " + DAY, "", """
                    broker: {url: "tcp://127.0.0.1:%d?connectionTTL=6000&clientFailureCheckPeriod=2000", user: gateway, password: "${file:%s}"}
                    cluster: {lease: 4s, database: {url: "%s", user: mailchute}}
                    """.formatted(
                            port, password, database.url()));
            try (RunningJar first = start(settings).awaitUp();
                    RunningJar second = start(settings)) {
                Awaitility.await("it says for whom it waits")
                        .until(() -> second.output().contains("this gateway is its standby"));
                dropTen(work, "first");
                awaitMore(work, 4);
                first.signal("STOP");
                second.awaitUp();
                assertThat(second.output()).contains("this gateway takes over");
                Awaitility.await("what the first had in its hands too")
                        .until(() -> names(work).size() == 10);
                first.signal("CONT");
                assertThat(first.exitCode()).as(first.output()).isOne();
                assertThat(first.output())
                        .contains(
                                "taken over: mailchute ends at once with exit code 1, to be started again as a standby");
                try (RunningJar third = start(settings)) {
                    Awaitility.await("the one that works tells of it")
                            .until(() -> lanes(settings)
                                    .contains("Standing by: gateway.contoso.example (process " + third.pid()));
                    dropTen(work, "second");
                    awaitMore(work, 4);
                    second.kill();
                    third.awaitUp();
                    Awaitility.await("all of the second")
                            .until(() -> names(work).size() == 20);
                    dropTen(work, "third");
                    Awaitility.await("what a kill left reserved is not sent, the rest is, and then nothing more")
                            .during(Duration.ofSeconds(3))
                            .untilAsserted(() -> assertThat(work.received()).hasSizeBetween(DAY - 2 * SESSIONS, DAY));
                    assertThat(third.terminate()).isEqualTo(143);
                }
            }
            assertThat(work.received().size() - names(work).size())
                    .as("twice, where nobody could know")
                    .isLessThanOrEqualTo(perhapsTwice());
        }
    }

    private String lanes(Path settings) throws Exception {
        try (RunningJar lanes = RunningJar.command(root, List.of(), "lanes", "--config", settings.toString())) {
            assertThat(lanes.exitCode()).as(lanes.output()).isZero();
            return lanes.output();
        }
    }

    private int perhapsTwice() throws IOException {
        int lines = 0;
        for (Path output : FilesIn.folder(root)) {
            if (output.getFileName().toString().endsWith(".log")) {
                lines += (int) Files.readString(output)
                        .lines()
                        .filter(line -> line.contains(DeliveryEvent.PERHAPS_TWICE))
                        .count();
            }
        }
        return lines;
    }

    private RunningJar start(Path settings) throws IOException {
        return RunningJar.gateway(root, "128m", settings);
    }

    private static void awaitMore(Workplace work, int some) {
        int before = work.received().size();
        Awaitility.await("some more mail").until(() -> work.received().size() >= before + some);
    }

    private static void dropTen(Workplace work, String name) throws IOException {
        for (int number = 0; number < 10; number++) {
            work.drop("%s-%d.bin".formatted(name, number), new byte[] {1, 2, (byte) number});
        }
    }

    /** Of all files that came, each once. */
    private static List<String> names(Workplace work) {
        return work.received().stream().map(ClusterIT::subject).distinct().collect(Collectors.toList());
    }

    private static String subject(Received mail) {
        try {
            return Workplace.field(mail.file(), "Subject");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
