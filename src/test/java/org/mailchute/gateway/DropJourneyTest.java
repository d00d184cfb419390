package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** From a device that saves by FTP to the gateway itself, to mail received. */
class DropJourneyTest {
    private static final String PASSWORD = "device-password";

    @RegisterExtension
    static final Town town = new Town().forgetful();

    @RegisterExtension
    final Town other = new Town();

    @BeforeAll
    static void open() throws Exception {
        start(town, "");
    }

    private static void start(Town town, String more) throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("device"), PASSWORD);
        town.withIntake("""
                  drop:
                    - {name: copier, password: "${file:%s}", %s from: scanner@contoso.example, to: [quality@partner.example], subject: "${file}", text: "t"}
                    - {name: plotter, password: "${file:%s}", subfolders: true, from: scanner@contoso.example, to: [anna@contoso.example], subject: "Plan ${file}", text: "t"}
                """.formatted(secret, more, secret))
                .withSection("ftp-server: {port: 0, tls: none, passivePorts: \"0\", loginDelay: 0s}")
                .start();
    }

    private static FTPClient device(String user) throws IOException {
        return device(town, user);
    }

    private static FTPClient device(Town town, String user) throws IOException {
        FTPClient client = new FTPClient();
        client.setControlEncoding("UTF-8");
        client.connect("127.0.0.1", town.gateway().drop().orElseThrow().port());
        assertThat(client.login(user, PASSWORD)).isTrue();
        client.enterLocalPassiveMode();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        return client;
    }

    private static void save(FTPClient device, String name, String content) throws IOException {
        assertThat(device.storeFile(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }

    @Test
    void whatADeviceSavesIsMailedByTheRuleOfItsLogin() throws Exception {
        FTPClient copier = device("copier");
        FTPClient plotter = device("plotter");
        save(copier, "scan.bin", "one");
        plotter.makeDirectory("plans");
        save(plotter, "plans/floor.bin", "two");
        town.awaitReceived(2);
        assertThat(town.metrics()).contains("source=\"drop:copier\"", "source=\"drop:plotter\"");
        Set<String> subjects = new HashSet<>();
        for (Received mail : town.received()) {
            subjects.add(Letters.text(mail)
                    .lines()
                    .filter(line -> line.startsWith("Subject: "))
                    .findFirst()
                    .orElse(""));
        }
        assertThat(subjects).containsExactlyInAnyOrder("Subject: scan.bin", "Subject: Plan floor.bin");
        town.awaitEmptySpool();
        copier.disconnect();
        plotter.disconnect();
    }

    @Test
    void theSameNameTwiceIsTwoMails() throws Exception {
        FTPClient copier = device("copier");
        save(copier, "scan.bin", "one");
        save(copier, "scan.bin", "two");
        town.awaitReceived(2);
        town.awaitEmptySpool();
        copier.disconnect();
    }

    @Test
    void whatIsUnderWayOrStillCalledUnfinishedIsNotMailed() throws Exception {
        FTPClient copier = device("copier");
        save(copier, "scan.tmp", "whole");
        FTPClient slow = device("copier");
        OutputStream half = slow.storeFileStream("slow.bin");
        half.write(1);
        half.flush();
        save(copier, "other.bin", "other"); // comes after both, and is mailed
        town.awaitReceived(1);
        assertThat(Letters.text(town.received().get(0))).contains("Subject: other.bin");
        assertThat(copier.rename("scan.tmp", "scan.bin")).isTrue();
        half.close();
        assertThat(slow.completePendingCommand()).isTrue();
        town.awaitReceived(3);
        copier.disconnect();
        slow.disconnect();
    }

    @Test
    void pagesAppendedWithinTheWaitAreOneMail() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        other.withClock(clock);
        start(other, "stableFor: 2s,");
        FTPClient copier = device(other, "copier");
        save(copier, "scan.bin", "page 1 ");
        clock.move(Duration.ofMillis(1_900));
        assertThat(copier.appendFile("scan.bin", new ByteArrayInputStream("page 2".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        await("mail").until(() -> {
            clock.move(Duration.ofMillis(100)); // less than the wait while a look is under way
            return !other.received().isEmpty();
        });
        other.awaitEmptySpool();
        assertThat(other.received()).hasSize(1);
        assertThat(Letters.text(other.received().get(0))).contains("cGFnZSAxIHBhZ2UgMg");
        copier.disconnect();
    }

    @Test
    @DisplayName("P7: what a device saved and never is whole is told of, and goes where the settings say")
    void whatNeverIsWholeIsToldOfAndTakenToTheUndecidedPlace() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        other.withClock(clock);
        Path undecided = other.root().resolve("undecided");
        start(other, "reportAfter: 5m, undecidedAfter: 2h, undecided: \"" + undecided + "\",");
        FTPClient copier = device(other, "copier");
        try (LogLines log = LogLines.ofIntakes()) {
            save(copier, "half.pdf", "%PDF-1.4\n1 0 obj\n");
            save(copier, ".in.left.bin", "never renamed");
            await("the log").until(() -> {
                clock.move(Duration.ofMinutes(1));
                return says(log, "half.pdf\" is not taken: its PDF has no end")
                        && says(log, ".in.left.bin\" is not taken: it has the temporary name of an upload still");
            });
        }
        await("undecided").until(() -> {
            clock.move(Duration.ofMinutes(10));
            return Files.exists(undecided.resolve("half.pdf.reason.txt"))
                    && Files.exists(undecided.resolve(".in.left.bin.reason.txt"))
                    && Files.exists(undecided.resolve(".in.left.bin")); // which may come after its reason
        });
        assertThat(undecided.resolve(".in.left.bin")).hasContent("never renamed");
        assertThat(other.received()).isEmpty();
        copier.disconnect();
    }

    private static boolean says(LogLines log, String what) {
        return log.lines().stream().anyMatch(line -> line.contains(what));
    }

    @Test
    void aScanThatWasAcknowledgedIsMailedAfterACrash() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        other.withClock(clock);
        start(other, "stableFor: 10m,");
        FTPClient copier = device(other, "copier");
        save(copier, "scan.bin", "safe");
        other.stop();
        Path folder = other.home().resolve("drop/copier");
        assertThat(folder.resolve("scan.bin")).hasContent("safe");
        Files.writeString(Files.createDirectories(folder.resolve(".partial")).resolve("1"), "half");
        other.start();
        await("mail").until(() -> {
            clock.move(Duration.ofMinutes(1));
            return !other.received().isEmpty();
        });
        await().until(() -> FilesIn.folder(folder).isEmpty());
        assertThat(other.gateway().drop()).isPresent();
        assertThat(other.received()).hasSize(1);
    }

    @Test
    void withoutADeviceThereIsNoServer() throws Exception {
        other.withSection("ftp-server: {port: 0, tls: none}").start();
        assertThat(other.gateway().drop()).isEmpty();
    }

    @Test
    void aCertificateIsAskedForUnlessTlsIsSwitchedOff() throws Exception {
        other.withIntake("  drop:\n    - {name: copier, password: \"${env:P}\", from: a@contoso.example}\n");
        assertThatThrownBy(() -> SettingsReader.read(other.settings(), java.util.Map.of("P", "x")))
                .hasMessageContaining("ftp-server.certificate: found nothing, expected the server's certificate");
    }

    @Test
    void openToTheNetworkWithoutTlsIsWarnedOf() throws Exception {
        other.withSection("ftp-server: {bind: 0.0.0.0, tls: none}");
        assertThat(SettingsReader.check(other.settings(), java.util.Map.of()).warnings())
                .anyMatch(warning -> warning.toString().contains("reads passwords and scans"));
    }
}
