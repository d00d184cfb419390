package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.listener.Device;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.Patience;

class KillIT {
    private static final int SCANS = 80;
    private static final int KILLS = 4;
    private static final int SESSIONS = 2;
    private static final int MESSAGES = 60;

    @TempDir
    Path root;

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
                    assertThat(FilesIn.folder(home.resolve("messages"))).isEmpty();
                    assertThat(FilesIn.folder(home.resolve("incoming"))).isEmpty();
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

    @Test
    @DisplayName("P6: the day's budget survives kill -9 in mid-stream")
    void killedInMidStreamItSendsNoMoreThanTheDaysBudget() throws Exception {
        int budget = 25;
        try (Workplace work = new Workplace(root, Scenario.standard().withDelayMillis(15))) {
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

    @Test
    @DisplayName("P2, P3: what a device was told 250 for survives kill -9, and what it sends again is mailed once")
    void killedWhileADeviceSendsItLosesNothingItAcknowledged() throws Exception {
        int port = Workplace.freePort();
        try (Workplace work = new Workplace(root, Scenario.standard().withDelayMillis(15))) {
            Path settings = work.listening(port);
            ExecutorService copier = Executors.newSingleThreadExecutor();
            AtomicInteger released = new AtomicInteger();
            Future<?> sending = copier.submit(() -> sendAll(port, released::get));
            for (int kill = 1; kill <= KILLS; kill++) {
                int seen = work.received().size();
                released.addAndGet(MESSAGES / KILLS);
                try (RunningJar gateway = start(settings)) {
                    Awaitility.await("some more mail")
                            .until(() -> work.received().size() >= seen + 5);
                    gateway.kill();
                }
            }
            try (RunningJar gateway = start(settings)) {
                sending.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                Awaitility.await("all that was acknowledged is mailed, and nothing rests")
                        .untilAsserted(() -> {
                            assertThat(messageIds(work.received())).hasSize(MESSAGES);
                            assertThat(FilesIn.folder(work.folder("home/messages")))
                                    .isEmpty();
                            assertThat(FilesIn.folder(work.folder("home/incoming")))
                                    .isEmpty();
                        });
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            copier.shutdown();
            assertThat(work.received().size()).isBetween(MESSAGES, MESSAGES + KILLS * SESSIONS);
            assertThat(messageIds(work.received()).values())
                    .allSatisfy(ids -> assertThat(ids).hasSize(1));
        }
    }

    /** As devices do: the same message again until it hears 250. So many of them are released as yet. */
    private static void sendAll(int port, IntSupplier released) {
        for (int number = 0; number < MESSAGES; number++) {
            int next = number;
            Awaitility.await("its time for " + number).until(() -> next < released.getAsInt());
            String message = "From: copier@contoso.example\r\nTo: anna@contoso.example\r\nMessage-ID: <%d@copier>\r\n"
                            .formatted(number)
                    + "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nSubject: page %03d\r\n\r\ncontent".formatted(number);
            Awaitility.await("250 for " + number).ignoreExceptions().until(() -> {
                try (Device device = Device.ready(port)) {
                    return device.sends(message).startsWith("250 ");
                }
            });
        }
    }

    private RunningJar start(Path settings) throws IOException {
        return RunningJar.gateway(root, "256m", settings);
    }

    /** Subject to the Message-IDs it came with. */
    private static Map<String, Set<String>> messageIds(List<Received> received) throws IOException {
        Map<String, Set<String>> ids = new TreeMap<>();
        for (Received mail : received) {
            ids.computeIfAbsent(Workplace.field(mail.file(), "Subject"), subject -> new HashSet<>())
                    .add(Workplace.field(mail.file(), "Message-ID"));
        }
        return ids;
    }
}
