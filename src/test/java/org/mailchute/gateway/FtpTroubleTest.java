package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.simulator.FtpDrop;
import org.mailchute.steps.SafeNames;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** What goes wrong with FTP servers in the field: each scan is one mail, whole. */
class FtpTroubleTest {
    private static final String PASSWORD = "ftp-password";

    @RegisterExtension
    final Town town = new Town();

    private void start(int port, String keys) throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("ftp"), PASSWORD);
        town.withIntake(
                        "  ftp:\n    - {name: plant, host: 127.0.0.1, port: %d, user: scanner, password: \"${file:%s}\", tls: false, %s poll: 100ms, from: scanner@contoso.example, to: [quality@partner.example], subject: \"${file}\", text: \"t\"}"
                                .formatted(port, secret, keys))
                .start();
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private long mails(String subject) {
        return town.received().stream()
                .filter(mail -> Letters.text(mail).contains("Subject: " + subject + "\r\n"))
                .count();
    }

    private boolean holds(String content) {
        String encoded = Base64.getEncoder().encodeToString(bytes(content));
        return town.received().stream().anyMatch(mail -> Letters.text(mail).contains(encoded));
    }

    @Test
    @DisplayName("P3: a control connection that drops, wherever it does, neither repeats nor loses a scan")
    void aDroppedControlConnectionNeitherRepeatsNorLoses() throws Exception {
        try (ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1)) {
            start(server.port(), "stableFor: 0s,");
            for (ScriptedFtp.Cut cut : ScriptedFtp.Cut.values()) {
                server.cut(cut);
                server.files().put(cut + ".bin", bytes("content of " + cut));
                await(cut.toString())
                        .until(() -> server.cutDone() && server.files().isEmpty());
                await(cut + " mailed").until(() -> mails(cut + ".bin") == 1);
            }
            town.awaitEmptySpool();
            assertThat(town.received()).hasSize(ScriptedFtp.Cut.values().length);
            assertThat(Stream.of(ScriptedFtp.Cut.values())).allMatch(cut -> holds("content of " + cut));
        }
    }

    @Test
    void aTransferThatEndsEarlyAndClaimsToBeWholeIsFetchedAgain() throws Exception {
        try (ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1);
                LogLines log = LogLines.ofIntakes()) {
            MovableClock clock = new MovableClock(Instant.now());
            town.withClock(clock);
            server.endEarly(5);
            server.files().put("scan.bin", bytes("whole content"));
            start(server.port(), "stableFor: 0s,");
            await("told").until(() -> !log.lines().isEmpty());
            clock.move(Duration.ofMinutes(1));
            town.awaitReceived(1);
            await().until(() -> server.files().isEmpty());
            town.awaitEmptySpool();
            assertThat(server.endedEarly()).isTrue();
            assertThat(town.received()).hasSize(1);
            assertThat(holds("whole content")).isTrue();
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .contains("\"scan.bin\" is not taken from 127.0.0.1:")
                    .contains("it has 8 octets here and 13 on the server")
                    .contains("fetched again within a minute");
        }
    }

    @Test
    void namesAreReadInTheServersCharset() throws Exception {
        Charset old = Charset.forName("windows-1252");
        try (ScriptedFtp server = new ScriptedFtp(old)) {
            server.files().put("Prüfung 5€ Übergabe.bin", bytes("umlauts"));
            start(server.port(), "charset: windows-1252, stableFor: 0s,");
            town.awaitReceived(1);
            await().until(() -> server.files().isEmpty());
            MimeMessage mail = new MimeMessage(
                    Session.getInstance(new Properties()),
                    Files.newInputStream(town.received().get(0).file()));
            assertThat(mail.getSubject()).isEqualTo("Prüfung 5€ Übergabe.bin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
    void aServerThatSaysNothingOfUtf8MaySpeakIt(Charset spoken) throws Exception {
        try (ScriptedFtp server = new ScriptedFtp(spoken)) {
            server.files().put("Prüfung für Übergabe.bin", bytes("umlauts"));
            start(server.port(), "stableFor: 0s,");
            town.awaitReceived(1);
            await().until(() -> server.files().isEmpty());
            MimeMessage mail = new MimeMessage(
                    Session.getInstance(new Properties()),
                    Files.newInputStream(town.received().get(0).file()));
            assertThat(mail.getSubject()).isEqualTo("Prüfung für Übergabe.bin");
        }
    }

    @Test
    @DisplayName("P9: a hostile server's names write nothing outside the intake's folder")
    void aHostileServersNamesEscapeNowhere() throws Exception {
        try (ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1);
                LogLines log = LogLines.of(SafeNames.class.getName())) {
            PolledTown.NAMES_THAT_LEAD_ELSEWHERE.forEach(name -> server.files().put(name, bytes("x")));
            server.files().put("good.bin", bytes("good"));
            start(server.port(), "stableFor: 0s,");
            await().until(() -> mails("good.bin") == 1);
            await("further polls").until(() -> server.listings() > 8);
            assertThat(FilesIn.folder(town.root()))
                    .noneMatch(file -> file.getFileName().toString().contains("escaped"));
            assertThat(server.commands()).noneMatch(line -> line.startsWith("RETR") && line.contains("escaped"));
            assertThat(town.received()).hasSize(1);
            // Camel passes by names that begin with a dot, saying nothing
            long said = PolledTown.NAMES_THAT_LEAD_ELSEWHERE.stream()
                    .filter(name -> !name.startsWith("."))
                    .count();
            assertThat(log.lines())
                    .hasSize(Math.toIntExact(said))
                    .allMatch(line -> line.contains("leads out of its folder"));
        }
    }

    @Test
    void aFileThatGrowsWithinTheSameMinuteIsTakenWhenItHasStopped() throws Exception {
        try (ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1)) {
            MovableClock clock = new MovableClock(Instant.now());
            town.withClock(clock);
            server.files().put("slow.bin", bytes("1"));
            start(server.port(), "stableFor: 1s,");
            for (String grown : List.of("12", "123", "1234", "12345", "123456")) {
                looked(server);
                clock.move(Duration.ofMillis(900));
                server.files().put("slow.bin", bytes(grown));
            }
            looked(server);
            clock.move(Duration.ofSeconds(1));
            town.awaitReceived(1);
            town.awaitEmptySpool();
            assertThat(town.received()).hasSize(1);
            assertThat(holds("123456")).isTrue();
        }
    }

    /** What the server has now is known to the gateway: the second listing from here on began after the change. */
    private static void looked(ScriptedFtp server) {
        int looks = server.listings();
        await("a look").until(() -> server.listings() > looks + 2);
    }

    @Test
    void theSameNameSizeAndMinuteWithOtherContentIsASecondScan() throws Exception {
        try (ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1)) {
            server.files().put("scan.bin", bytes("page A"));
            start(server.port(), "stableFor: 0s,");
            town.awaitReceived(1);
            await().until(() -> server.files().isEmpty());
            server.files().put("scan.bin", bytes("page B"));
            town.awaitReceived(2);
            assertThat(holds("page A") && holds("page B")).isTrue();
        }
    }

    @Test
    void whatAKillLeftOfADownloadIsClearedAwayAtTheStart() throws Exception {
        Path work = Files.createDirectories(town.home().resolve("incoming/plant/downloading"));
        Files.writeString(work.resolve("old.bin.inprogress"), "half");
        Files.writeString(work.resolve("fetched.bin"), "whole, but not claimed");
        try (ScriptedFtp server = new ScriptedFtp(StandardCharsets.ISO_8859_1)) {
            server.files().put("fetched.bin", bytes("whole, but not claimed"));
            start(server.port(), "stableFor: 0s,");
            town.awaitReceived(1);
            await().until(() -> server.files().isEmpty());
            town.awaitEmptySpool();
            assertThat(FilesIn.folder(work)).isEmpty();
            assertThat(town.received()).hasSize(1);
        }
    }

    @Test
    @Tag("nightly")
    void manyFilesOnTheServerAreEachOneMail() throws Exception {
        Path drop = town.folder("ftp");
        for (int i = 0; i < 1000; i++) {
            Files.writeString(drop.resolve("Blatt Nr. " + i + " ä.bin"), "sheet " + i);
        }
        try (FtpDrop server = FtpDrop.start(drop, "scanner", PASSWORD)) {
            start(server.port(), "stableFor: 0s,");
            await("a thousand").until(() -> town.received().size() >= 1000);
            await().until(() -> FilesIn.folder(drop).isEmpty());
            town.awaitEmptySpool();
            assertThat(town.received()).hasSize(1000);
        }
    }
}
