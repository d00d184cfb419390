package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.Limits;
import org.mailchute.testing.FreePort;

/** What is larger than the heap passes it, whichever way it comes: by one gateway, one after the other. */
@DisplayName("P8: what is larger than a heap of 64 MB passes it")
class SmallHeapIT {
    private static final long LARGE = 70L << 20;
    /** As an attachment it is a message of nearly 150 MB, Microsoft's largest. */
    private static final long LARGEST = 109L << 20;
    /** MB; what the libraries keep ready for large messages of their own accord is two fifths of that more. */
    private static final double MOST_ALIVE_WHEN_IDLE = 22;

    @TempDir
    Path root;

    private Workplace work;
    private LargeRequests requests;

    @SuppressWarnings("NullAway.Init") // open()
    private RunningJar gateway;

    private int listener;

    @BeforeEach
    void begin() throws Exception {
        work = new Workplace(root, Scenario.standard().with("limits", new Limits(30, 10_000, 150L << 20, 20)));
        requests = new LargeRequests(root);
        listener = FreePort.number();
    }

    /** @param laneKeys of the lane that sends by SMTP */
    private void open(String laneKeys) throws Exception {
        gateway = RunningJar.carrying(root, "64m", settings(laneKeys)).awaitUp();
    }

    /** A scan goes to fabrikam too, by Microsoft Graph. */
    private Path settings(String laneKeys) throws Exception {
        Path file = work.settings(
                work.folder("home"), laneKeys, Workplace.listener(listener) + requests.intake(), requests.settings());
        return Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "to: [anna@contoso.example], subject",
                                "to: [anna@contoso.example, buyer@fabrikam.example], subject")
                        .replace("recipients: [", "recipients: [\"*@fabrikam.example\", ")
                        .replace("next-hop: [", "next-hop: [{domain: fabrikam.example, lane: graph}, ")
                        .replace("lanes:\n", "lanes:\n  - " + graph() + "\n"));
    }

    private String graph() throws Exception {
        Path secret = Files.writeString(root.resolve("client-secret"), "demo-client-secret");
        return "{name: graph, option: graph, host: localhost, port: %d, trust: \"%s/ca.pem\", messageSize: 150MB, login: {mailbox: scanner@contoso.example, tenant: contoso.example, clientId: 11111111-2222-3333-4444-555555555555, clientSecret: \"${file:%s}\", authority: \"%s\"}}"
                .formatted(
                        work.microsoft365().graphPort(),
                        work.folder("certificates"),
                        secret,
                        work.microsoft365().tokenEndpoint());
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
        work.close();
        assertThat(gateway.output()).doesNotContain("OutOfMemory");
    }

    @Test
    @DisplayName("70 MB of a scan by SMTP and by Graph; from a device by SMTP, beside a mail request and inside it")
    void whatIsLargerThanTheHeapPassesByEachWay() throws Exception {
        open(", tls: none"); // TLS takes longer than all else
        assertThat(ProcessFigures.liveHeap(gateway.pid()) / 1024)
                .as("MB alive before anything came")
                .isLessThan(MOST_ALIVE_WHEN_IDLE);
        passesByEachWay(LARGE);
    }

    @Test
    @Tag("nightly")
    @DisplayName("149 MB of a scan by SMTP with TLS and by Graph, and as much by each other way")
    void theLargestPassesByEachWay() throws Exception {
        open("");
        passesByEachWay(LARGEST);
    }

    private void passesByEachWay(long size) throws Exception {
        aLargeScan(size);
        awaitMail(2, size * 4 / 3);
        assertThat(work.received()).extracting(Received::option).containsExactlyInAnyOrder("direct-send", "graph");

        try (Socket device = new Socket("127.0.0.1", listener)) {
            assertThat(sendLarge(device, size)).startsWith("250 2.0.0 Queued as ");
        }
        awaitMail(3, size);

        requests.sendBeside(gateway, size);
        awaitMail(4, size * 4 / 3);

        requests.sendInside(gateway, size);
        awaitMail(5, size * 4 / 3);
    }

    @Test
    @Tag("nightly")
    @DisplayName("10,000 scans that come at once; what waits, waits on disk")
    void aLargeBacklogPassesASmallHeap() throws Exception {
        open("");
        int scans = 10_000;
        for (int number = 0; number < scans; number++) {
            work.drop(number + ".bin", ("scan " + number).getBytes(StandardCharsets.US_ASCII));
        }
        Awaitility.await("all arrive")
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> work.received().stream()
                                .filter(mail -> mail.option().equals("direct-send"))
                                .count()
                        == scans);
    }

    private void awaitMail(int count, long size) throws IOException {
        Awaitility.await("mail " + count).until(() -> work.received().size() == count);
        assertThat(Files.size(work.received().get(count - 1).file())).isGreaterThan(size);
    }

    private void aLargeScan(long size) throws IOException {
        Path scan = work.folder("scans").resolve("large.bin.tmp");
        Random random = new Random(1);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(scan)) {
            for (long written = 0; written < size; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        Files.move(scan, work.folder("scans").resolve("large.bin"));
    }

    /** The reply to the final dot. */
    private static String sendLarge(Socket device, long size) throws Exception {
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
        for (long sent = 0; sent <= size; sent += line.length) {
            out.write(line);
        }
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return replies.readLine();
    }
}
