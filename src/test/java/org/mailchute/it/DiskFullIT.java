package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.listener.Device;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FreePort;
import org.mailchute.testing.SmallDisk;

/** Home on a disk of 64 MB that fills up: a tmpfs, where this user may mount one. */
class DiskFullIT {
    private static final int SCAN = 300_000;

    @TempDir
    Path root;

    @Tag("nightly") // what was claimed is taken up again after half a minute
    @Test
    @DisplayName("P2, P3: a full disk stops mail, says so, loses and repeats nothing, and ends when there is room")
    void aFullDiskLosesAndRepeatsNothing() throws Exception {
        onASmallDisk(this::fills);
    }

    @Test
    @DisplayName(
            "P3: what could not be written down is not begun: with a nearly full disk nothing is sent, also after a restart")
    void nothingIsSentWhoseOutcomeCouldNotBeWrittenDown() throws Exception {
        onASmallDisk(this::nearlyFills);
    }

    private interface Story {
        void happens(Workplace work, Path home, SmallDisk disk) throws Exception;
    }

    private void onASmallDisk(Story story) throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard())) {
            Path home = work.folder("home");
            try (SmallDisk disk = SmallDisk.at(home, "64m")) {
                story.happens(work, home, disk);
            }
        }
    }

    private void nearlyFills(Workplace work, Path home, SmallDisk disk) throws Exception {
        int port = FreePort.number();
        Path settings = work.settings(work.folder("home"), Workplace.listener(port), "");
        Path filler = home.resolve("filler");
        try (RunningJar gateway = RunningJar.gateway(root, "256m", settings)) {
            gateway.awaitUp();
            disk.fill(filler, (64 << 20) * 13 / 200); // 93.5 %: the broker itself still takes what comes
            await("it is told", () -> gateway.output().contains("% full: nothing is taken or sent until"));
            save(work, "waits.bin");
            await(
                    "it waits for its lane",
                    () -> isEmpty(work.folder("scans")) && isEmpty(home.resolve("incoming/scans")));
            assertThat(Workplace.ready(home)).startsWith("503 not ready: the disk of " + home);
            try (Device device = Device.ready(port)) {
                device.says("MAIL FROM:<copier@contoso.example>");
                device.says("RCPT TO:<anna@contoso.example>");
                assertThat(device.says("DATA")).startsWith("452 4.3.1 ");
            }
            gateway.kill();
        }
        try (RunningJar gateway = RunningJar.gateway(root, "256m", settings)) {
            gateway.awaitUp();
            await("it is told again", () -> gateway.output().contains("% full: nothing is taken or sent until"));
            assertThat(work.received()).isEmpty();

            Files.delete(filler);
            await("it is mailed", () -> !work.received().isEmpty());
            await("the spool is empty", () -> isEmpty(home.resolve("messages")));
            await("it is told", () -> gateway.output().contains("has room again: mail goes on"));
            assertThat(gateway.output()).containsOnlyOnce("has room again: mail goes on");
            assertThat(Workplace.ready(home)).startsWith("200 ");
            assertThat(gateway.terminate()).isEqualTo(143);
        }
        assertThat(work.received()).hasSize(1);
    }

    private void fills(Workplace work, Path home, SmallDisk disk) throws Exception {
        Path settings = work.settings(home);
        Files.writeString(settings, Files.readString(settings).replace("stableFor:", "reportAfter: 1s, stableFor:"));
        try (RunningJar gateway = RunningJar.gateway(root, "256m", settings)) {
            gateway.awaitUp();
            Path filler = home.resolve("filler");
            disk.fill(filler, 2 << 20);
            await("the broker stops", () -> gateway.output().contains("System will start blocking producers"));
            save(work, "claimed.bin"); // there is room for it, and the broker takes nothing more
            await("its claim", () -> isEmpty(work.folder("scans")));
            disk.fill(filler, 0);
            save(work, "stays.bin");
            await(
                    "a line",
                    () -> gateway.output()
                            .contains("stays.bin\" is not taken: it cannot be taken (IOException: No space"));
            assertThat(work.folder("scans").resolve("stays.bin")).hasSize(SCAN);
            assertThat(work.received()).isEmpty();

            Files.delete(filler);
            await("both are mailed", () -> work.received().size() >= 2);
            await("the spool is empty", () -> isEmpty(home.resolve("messages")));
            assertThat(gateway.terminate()).isEqualTo(143);
        }
        assertThat(work.received().stream().map(DiskFullIT::subject))
                .containsExactlyInAnyOrder("claimed.bin", "stays.bin");
    }

    private static void await(String what, Callable<Boolean> until) {
        Awaitility.await(what).until(until);
    }

    private static void save(Workplace work, String name) throws IOException {
        work.drop(name, content(name));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static byte[] content(String name) {
        byte[] content = new byte[SCAN];
        Arrays.fill(content, (byte) name.charAt(0));
        return content;
    }

    private static String subject(Received mail) {
        try {
            return Workplace.field(mail.file(), "Subject");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
