package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.listener.Device;
import org.mailchute.simulator.FtpDrop;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;

/** Intakes whose refused input takes all that it may in home. */
class RejectedRoomJourneyTest {
    private static final String PASSWORD = "device-password";
    private static final List<String> INTAKES = List.of("applications", "copier", "plant", "devices");
    private static final String MESSAGE =
            "From: copier@contoso.example\r\nTo: anna@contoso.example\r\nSubject: Scan\r\n\r\nbody";

    @RegisterExtension
    final Town town = new Town();

    private void start(FtpDrop server) throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("device"), PASSWORD);
        String letter = "from: scanner@contoso.example, to: [anna@contoso.example], subject: \"${file}\", text: \"t\"";
        town.withIntake("""
                  drop:
                    - {name: copier, password: "${file:%1$s}", %2$s}
                    - {name: plotter, password: "${file:%1$s}", %2$s}
                  ftp:
                    - {name: plant, host: 127.0.0.1, port: %3$d, user: scanner, password: "${file:%1$s}", tls: false, stableFor: 0s, poll: 100ms, %2$s}
                  smtp:
                    - {name: devices, port: 0, tls: none, networks: [127.0.0.1]}
                """.formatted(secret, letter, server.port()))
                .withSection("ftp-server: {port: 0, tls: none, passivePorts: \"0\", loginDelay: 0s}")
                .start();
    }

    /** All of it a hole, which takes nothing of the disk. */
    private Path full(String intake) throws Exception {
        Path file = Files.createDirectories(town.home().resolve("rejected").resolve(intake))
                .resolve("refused.bin");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(1L << 30);
        }
        return file;
    }

    private int save(String user) throws Exception {
        FTPClient device = new FTPClient();
        device.connect("127.0.0.1", town.gateway().drop().orElseThrow().port());
        try {
            assertThat(device.login(user, PASSWORD)).isTrue();
            device.enterLocalPassiveMode();
            device.storeFile(user + ".bin", new ByteArrayInputStream(new byte[] {'x'}));
            return device.getReplyCode();
        } finally {
            device.disconnect();
        }
    }

    private String send() throws Exception {
        try (Device device = Device.ready(town.gateway().listener("devices").port())) {
            device.says("MAIL FROM:<copier@contoso.example>");
            device.says("RCPT TO:<anna@contoso.example>");
            String go = device.says("DATA");
            return go.startsWith("354 ") ? device.says(MESSAGE + "\r\n.") : go;
        }
    }

    @Test
    @DisplayName(
            "P9: an intake whose refused input fills its place takes nothing more, loses nothing, harms no other, and goes on by itself")
    void whoeverSendsWhatIsRefusedStopsItself() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        Path drop = town.folder("ftp");
        Path home = town.home();
        try (FtpDrop server = FtpDrop.start(drop, "scanner", PASSWORD);
                LogLines log = LogLines.of("org.mailchute")) {
            for (String intake : INTAKES) {
                full(intake);
            }
            town.withClock(clock);
            start(server);
            Files.writeString(drop.resolve("plant.bin"), "x");
            town.publish("{\"to\": \"nobody\"}");
            town.publish(Letters.letter("buyer@fabrikam.example"));
            assertThat(save("copier")).isEqualTo(552);
            assertThat(send()).startsWith("452 4.3.1 ");
            await("told")
                    .untilAsserted(() -> assertThat(log.lines())
                            .filteredOn(line -> line.startsWith("WARN intake "))
                            .hasSize(3)
                            .allMatch(line -> line.contains(
                                    "takes 1 GB or 10,000 files: look at and remove what lies in " + home)));
            assertThat(town.ready())
                    .startsWith("503 ")
                    .contains("copier", "plant", "devices")
                    .doesNotContain("plotter", "applications");

            assertThat(save("plotter")).isEqualTo(226);
            town.awaitReceived(2); // the plotter's scan, and the request that others share their queue with
            await("refused and told")
                    .until(() -> town.events(DeliveryEvent.Kind.REFUSED).size() == 1);
            assertThat(FilesIn.folder(home.resolve("rejected/applications"))).hasSize(1);
            assertThat(FilesIn.folder(drop)).hasSize(1);

            for (String intake : INTAKES) {
                Files.delete(home.resolve("rejected").resolve(intake).resolve("refused.bin"));
            }
            clock.move(Duration.ofSeconds(5));
            town.awaitReceived(3);
            assertThat(save("copier")).isEqualTo(226);
            assertThat(send()).startsWith("250 ");
            town.awaitReceived(5);
            await("well again").untilAsserted(() -> assertThat(town.ready()).startsWith("200 "));
        }
    }
}
