package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;

class SmallHeapIT {
    private static final int MEGABYTES = 100;

    @TempDir
    Path root;

    @Test
    @DisplayName("P8: a heap of 64 MB carries an attachment of 100 MB from folder to server")
    void aLargeScanPassesASmallHeap() throws Exception {
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningJar gateway = RunningJar.carrying(root, "64m", work.settings(work.folder("home")))) {
            gateway.awaitUp();
            Path scan = work.folder("scans").resolve("large.bin.tmp");
            Random random = new Random(1);
            byte[] block = new byte[1 << 20];
            try (OutputStream out = Files.newOutputStream(scan)) {
                for (int number = 0; number < MEGABYTES; number++) {
                    random.nextBytes(block);
                    out.write(block);
                }
            }
            Files.move(scan, work.folder("scans").resolve("large.bin"));

            Awaitility.await("the mail arrives").until(() -> work.received().size() == 1);

            assertThat(Files.size(work.received().get(0).file())).isGreaterThan(MEGABYTES * (1L << 20) * 4 / 3);
            assertThat(gateway.output()).doesNotContain("OutOfMemory");
        }
    }

    @Test
    @DisplayName("P8: a heap of 64 MB takes a message of 100 MB from a device by SMTP")
    void aLargeMessageFromADevicePassesASmallHeap() throws Exception {
        int port = Workplace.freePort();
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningJar gateway = RunningJar.carrying(root, "64m", work.listening(port))) {
            gateway.awaitUp();
            try (Socket device = new Socket("127.0.0.1", port)) {
                assertThat(sendLarge(device)).startsWith("250 2.0.0 Queued as ");
            }
            Awaitility.await("the mail arrives").until(() -> work.received().size() == 1);
            assertThat(Files.size(work.received().get(0).file())).isGreaterThan(MEGABYTES * (1L << 20));
            assertThat(gateway.output()).doesNotContain("OutOfMemory");
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName("P8: a heap of 64 MB carries 10,000 scans that come at once; what waits, waits on disk")
    void aLargeBacklogPassesASmallHeap() throws Exception {
        int scans = 10_000;
        try (Workplace work = new Workplace(root, Scenario.standard());
                RunningJar gateway = RunningJar.carrying(root, "64m", work.settings(work.folder("home")))) {
            gateway.awaitUp();
            for (int number = 0; number < scans; number++) {
                work.drop(number + ".bin", ("scan " + number).getBytes(StandardCharsets.US_ASCII));
            }
            Awaitility.await("all arrive")
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> work.received().size() == scans);
            assertThat(gateway.output()).doesNotContain("OutOfMemory");
        }
    }

    /** The reply to the final dot. */
    private static String sendLarge(Socket device) throws Exception {
        BufferedReader replies =
                new BufferedReader(new InputStreamReader(device.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = new BufferedOutputStream(device.getOutputStream(), 1 << 16);
        for (String command : List.of(
                "", "HELO copier", "MAIL FROM:<copier@contoso.example>", "RCPT TO:<anna@contoso.example>", "DATA")) {
            if (!command.isEmpty()) {
                out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            assertThat(replies.readLine()).matches("[23]\\d\\d .*");
        }
        out.write("Subject: large\r\nTo: anna@contoso.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] line = ("x".repeat(998) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (long sent = 0; sent <= MEGABYTES * (1L << 20); sent += line.length) {
            out.write(line);
        }
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return replies.readLine();
    }
}
