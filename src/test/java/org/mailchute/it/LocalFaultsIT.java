package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.listener.Device;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.SmallDisk;

/** What a process of its own meets on its machine: no file handle is left, a disk turns read-only. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ulimit and mount")
class LocalFaultsIT {
    /** A gateway that does nothing has 25 open. */
    private static final List<String> FEW_HANDLES = List.of("sh", "-c", "ulimit -n 50 && exec \"$@\"", "sh");

    private static final int DEVICES = 60;
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @TempDir
    Path root;

    @Test
    @DisplayName(
            "P2, P3: where devices take all file handles it is told once, input waits at its source, nothing spins,"
                    + " and all goes on when some are free")
    void withoutAFileHandleAllWaitsAndGoesOnByItself() throws Exception {
        int port = FreePort.number();
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path home = work.folder("home");
            Path settings = work.settings(home, many(Workplace.listener(port)), "");
            try (RunningJar gateway = RunningJar.gateway(root, FEW_HANDLES, "256m", settings)) {
                gateway.awaitUp();
                work.drop("before.bin", "before".getBytes(StandardCharsets.UTF_8));
                awaitMailed(work, 1);
                List<Device> devices = new ArrayList<>();
                try {
                    for (int number = 0; number < DEVICES; number++) {
                        devices.add(Device.at(port));
                    }
                    await(
                            "both are told",
                            () -> told(gateway, home).contains("Too many open files")
                                    && gateway.output().contains("a connection cannot be accepted now"));
                    work.drop("during.bin", "during".getBytes(StandardCharsets.UTF_8));
                    Duration spent = gateway.processorTime();
                    Awaitility.await("it waits")
                            .during(WINDOW)
                            .untilAsserted(() -> assertThat(work.folder("scans").resolve("during.bin"))
                                    .exists());
                    assertThat(gateway.processorTime().minus(spent)).isLessThan(WINDOW.dividedBy(2));
                } finally {
                    for (Device device : devices) {
                        device.close();
                    }
                }
                awaitMailed(work, 2);
                try (Device device = Device.ready(port)) {
                    assertThat(sends(device, "after")).startsWith("250 ");
                }
                awaitMailed(work, 3);
                assertThat(Workplace.ready(home)).startsWith("200 ");
                await(
                        "told within a second, mail does not wait for it",
                        () -> gateway.output().contains("messages can be read and written again"));
                assertThat(gateway.output())
                        .containsOnlyOnce("a connection cannot be accepted now")
                        .containsOnlyOnce("DiskRoom: " + home.resolve("messages") + " cannot be read and written (")
                        .containsOnlyOnce("messages can be read and written again: mail goes on")
                        .doesNotContain("\tat ");
                assertThat(gateway.terminate()).isEqualTo(143);
            }
            assertThat(subjects(work)).containsExactlyInAnyOrder("before.bin", "during.bin", "after");
        }
    }

    private static String many(String listener) {
        return listener.replace("tls: none", "tls: none, maxConnections: 1000, maxConnectionsPerAddress: 1000");
    }

    @Test
    @DisplayName(
            "P3: a disk that turns read-only is told of once and nothing is lost: that of the messages may be mended under the"
                    + " gateway, that of the broker ends it with exit code 1")
    void aDiskThatTurnsReadOnlyLosesNothing() throws Exception {
        Scenario scenario =
                Scenario.standard().withRule("anna", Scenario.At.RCPT, 1, "451 4.7.0 Temporary server error");
        try (Workplace work = new Workplace(root, scenario)) {
            Path image = root.resolve("journal.ext4");
            try (SmallDisk messages = SmallDisk.at(work.folder("home/messages"), "8m");
                    SmallDisk journal = SmallDisk.failing(work.folder("home/broker"), image)) {
                int port = FreePort.number();
                Path settings = work.settings(work.folder("home"), Workplace.listener(port), "");
                // so that the disk fails before the second attempt
                Files.writeString(settings, Files.readString(settings).replace("schedule: [1s", "schedule: [3s"));
                try (RunningJar gateway = RunningJar.gateway(root, "256m", settings)) {
                    gateway.awaitUp();
                    messagesFail(work, gateway, messages, port);
                    journal.fails();
                    try (Device device = Device.ready(port)) {
                        assertThat(sends(device, "unheard")).doesNotStartWith("250");
                    }
                    assertThat(gateway.exitCode()).isEqualTo(1);
                    assertThat(gateway.output())
                            .containsOnlyOnce("the broker's files in " + work.folder("home/broker")
                                    + " cannot be read and written (")
                            .contains("mailchute ends with exit code 1, to be started again");
                }
                journal.mend(image);
                try (RunningJar gateway = RunningJar.gateway(root, "256m", settings)) {
                    gateway.awaitUp();
                    try (Device device = Device.ready(port)) {
                        assertThat(sends(device, "unheard")).startsWith("250 ");
                    }
                    awaitMailed(work, 3);
                    assertThat(gateway.terminate()).isEqualTo(143);
                    assertThat(gateway.output()).doesNotContain("has lost");
                }
            }
            assertThat(subjects(work)).containsExactlyInAnyOrder("waits.bin", "after", "unheard");
        }
    }

    /** While a message waits for its second attempt, which succeeds: that it may go from the spool is not to be forgotten. */
    private static void messagesFail(Workplace work, RunningJar gateway, SmallDisk messages, int port)
            throws Exception {
        Path home = work.folder("home");
        work.drop("waits.bin", "content".getBytes(StandardCharsets.UTF_8));
        await("it is deferred", () -> gateway.output().contains("mail: deferred "));
        messages.remount("ro");
        await("it is mailed", () -> work.received().size() == 1);
        try (Device device = Device.ready(port)) {
            await("it is told", () -> told(gateway, home).contains("Read-only file system"));
            assertThat(sends(device, "during")).startsWith("452 4.3.1 ");
            assertThat(Workplace.ready(home)).startsWith("503 not ready: " + home.resolve("messages"));
            messages.remount("rw");
            await(
                    "it is over",
                    () -> gateway.output().contains("messages can be read and written again: mail goes on"));
            assertThat(sends(device, "after")).startsWith("250 ");
        }
        awaitMailed(work, 2);
        assertThat(gateway.output())
                .containsOnlyOnce("DiskRoom: " + home.resolve("messages") + " cannot be read and written (")
                .doesNotContain("cannot be handled")
                .doesNotContain("\tat ");
    }

    private static void await(String what, Callable<Boolean> until) {
        Awaitility.await(what).until(until);
    }

    /** And the spool knows it. */
    private static void awaitMailed(Workplace work, int count) {
        await(count + " are mailed", () -> work.received().size() == count && isEmpty(work.folder("home/messages")));
    }

    /** The line of the spool's trouble; empty when there is none. */
    private static String told(RunningJar gateway, Path home) throws IOException {
        String trouble = "DiskRoom: " + home.resolve("messages") + " cannot be read and written (";
        return gateway.output()
                .lines()
                .filter(line -> line.contains(trouble))
                .findFirst()
                .orElse("");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** @return the reply to DATA where that is the last */
    private static String sends(Device device, String subject) throws IOException {
        device.says("MAIL FROM:<copier@contoso.example>");
        device.says("RCPT TO:<anna@contoso.example>");
        String data = device.says("DATA");
        return data.startsWith("354 ")
                ? device.says("From: copier@contoso.example\r\nSubject: " + subject + "\r\n\r\ntext\r\n.")
                : data;
    }

    private static List<String> subjects(Workplace work) throws IOException {
        List<String> subjects = new ArrayList<>();
        for (Received mail : work.received()) {
            subjects.add(Workplace.field(mail.file(), "Subject"));
        }
        return subjects;
    }
}
