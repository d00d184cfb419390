package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("What becomes of a file that was taken, and which file is a new scan")
class FolderDoneJourneyTest {
    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @Test
    void aNameIsUsedAgainAndAgainAndAPageScannedTwiceIsTwoScans() throws Exception {
        town.withFolder("desk", "stableFor: 0s").start();

        save("SCN_0001.pdf.bin", "first");
        town.awaitReceived(1);
        save("SCN_0001.pdf.bin", "second");
        town.awaitReceived(2);
        save("SCN_0001.pdf.bin", "second");
        town.awaitReceived(3);

        assertThat(town.events(Kind.REFUSED)).isEmpty();
    }

    @Test
    void aFileThatIsBroughtBackWithItsTimeStampIsRefusedAlsoAfterARestart() throws Exception {
        town.withFolder("desk", "stableFor: 0s").start();
        Path backup = Files.writeString(town.root().resolve("SCN_0001.bin"), "content");
        Files.setLastModifiedTime(backup, FileTime.from(Instant.now().minusSeconds(3_600)));
        Files.copy(backup, town.folder("desk").resolve("SCN_0001.bin"), StandardCopyOption.COPY_ATTRIBUTES);
        town.awaitReceived(1);
        town.awaitEmptySpool();

        town.stop();
        town.start();
        Files.copy(backup, town.folder("desk").resolve("SCN_0001.bin"), StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(town.awaitEvent(Kind.REFUSED).reason())
                .startsWith("\"SCN_0001.bin\" was sent already, as ")
                .endsWith("same name, content and time stamp");
        assertThat(town.folder("desk").resolve("rejected/SCN_0001.bin")).hasContent("content");
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void aTimeStampThatNobodyCanBelieveTellsNothing() throws Exception {
        town.withFolder("desk", "stableFor: 0s").start();
        int sent = 0;
        for (String stamp : List.of("1980-01-01T00:00:00Z", "2099-01-01T00:00:00Z")) {
            for (int time = 0; time < 2; time++) {
                Path half = Files.writeString(town.folder("desk").resolve("SCN_0001.tmp"), "content");
                Files.setLastModifiedTime(half, FileTime.from(Instant.parse(stamp)));
                Files.move(half, town.folder("desk").resolve("SCN_0001.bin"));
                town.awaitReceived(++sent);
            }
        }
        assertThat(town.events(Kind.REFUSED)).isEmpty();
    }

    @Test
    void whatWasSentIsArchivedForItsTimeAndNoLonger() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        Path archive = town.root().resolve("archive");
        town.withClock(clock)
                .withFolder("desk", "stableFor: 0s, done: archive, archiveFor: 7d, archive: \"" + archive + "\"")
                .start();
        save("a.bin", "content");
        String id = town.awaitEvent(Kind.RECEIVED).queueId();
        String day = clock.instant().toString().substring(0, 10);
        Path kept = archive.resolve(day).resolve(id + "-a.bin");
        await().until(() -> Files.exists(kept));
        town.awaitEmptySpool();
        assertThat(kept).hasContent("content");
        Files.writeString(archive.resolve("mine.txt"), "not the gateway's");

        town.stop();
        clock.move(Duration.ofDays(6));
        town.start();
        town.stop();
        assertThat(kept).exists();
        clock.move(Duration.ofDays(2));
        town.start();

        await().until(() -> Files.notExists(kept.getParent()));
        assertThat(archive.resolve("mine.txt")).exists();
    }

    @Test
    void aMessageIsSentEvenWhenItsFileCannotBeArchivedAndTheFileIsKept() throws Exception {
        Path archive = Files.writeString(town.root().resolve("archive"), "a file where a folder should be");
        town.withFolder("desk", "stableFor: 0s, done: archive, archive: \"" + archive + "\"")
                .start();
        try (LogLines log = LogLines.ofIntakes()) {
            save("a.bin", "content");
            String id = town.awaitEvent(Kind.RECEIVED).queueId();
            town.awaitReceived(1);

            Path aside = town.home().resolve("incoming/desk/unarchived-" + id);
            await().until(() ->
                    log.lines().stream().anyMatch(line -> line.contains("cannot be archived and rests at")));
            assertThat(aside).hasContent("content");
        }
    }

    @Test
    void aFileThatStaysIsSentOnceUntilItsContentChanges() throws Exception {
        town.withFolder("desk", "stableFor: 0s, done: keep").start();
        Path scan = save("a.bin", "first");
        town.awaitReceived(1);
        town.awaitEmptySpool();

        Files.setLastModifiedTime(scan, FileTime.from(Instant.now().minusSeconds(60))); // touched
        Path renamed = Files.move(scan, scan.resolveSibling("b.bin"));
        marker(1);
        town.stop();
        town.start();
        marker(2);
        assertThat(town.received()).as("first, and two markers").hasSize(3);

        Files.writeString(renamed, "other"); // as long as before
        town.awaitReceived(4);
        Files.copy(renamed, scan.resolveSibling("c.bin")); // the same page, scanned twice
        town.awaitReceived(5);
        town.awaitEmptySpool();
        assertThat(renamed).hasContent("other");
        assertThat(town.events(Kind.REFUSED)).isEmpty();
    }

    @Test
    void aFileThatStaysAndIsRefusedIsRefusedOnce() throws Exception {
        town.withFolder("desk", "stableFor: 0s, done: keep").start();
        Files.createSymbolicLink(
                town.folder("desk").resolve("link.pdf"), town.root().resolve("mailchute.yaml"));
        town.awaitEvent(Kind.REFUSED);

        marker(1);
        marker(2);

        assertThat(town.events(Kind.REFUSED)).hasSize(1);
        assertThat(town.folder("desk").resolve("link.pdf")).isSymbolicLink();
    }

    @Test
    @DisplayName("P3: a file that stays is not taken twice when a crash comes between claim and ledger")
    void aClaimOfAFileThatStaysOutlivesARestart() throws Exception {
        town.withFolder("desk", "stableFor: 0s, done: keep").start();
        Path messages = town.home().resolve("messages");
        Files.move(messages, town.root().resolve("elsewhere"));
        save("a.bin", "content");
        await("claimed")
                .until(() ->
                        FilesIn.folder(town.home().resolve("incoming/desk")).size() == 2);
        town.stop();
        Files.move(town.root().resolve("elsewhere"), messages);

        town.start();
        town.awaitReceived(1);
        town.awaitEmptySpool();
        marker(1);

        assertThat(town.received()).as("one, and the marker").hasSize(2);
    }

    @Test
    void aFileThatCannotBeTakenIsToldOfAndOtherFoldersGoOn() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        town.withClock(clock).withFolder("desk", "stableFor: 0s").start();
        Path incoming = town.home().resolve("incoming/desk");
        Files.delete(incoming); // as if the file could not be renamed
        try (LogLines log = LogLines.ofIntakes()) {
            Path scan = save("a.bin", "content");
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("cannot be taken")));
            clock.move(Duration.ofSeconds(1));
            save("b.bin", "content");
            await().until(() -> log.lines().stream()
                            .filter(line -> line.contains("cannot be taken"))
                            .count()
                    == 2);
            assertThat(scan).exists();

            Files.createDirectories(incoming);
            clock.move(Duration.ofMinutes(2));
            town.awaitReceived(2);
            assertThat(log.lines().stream().filter(line -> line.contains("a.bin\" is not taken")))
                    .hasSize(1);
        }
    }

    @Test
    void aFolderThatVanishesIsWatchedAgainWhenItReturns() throws Exception {
        town.withFolder("desk", "stableFor: 0s").start();
        save("a.bin", "first");
        town.awaitReceived(1);
        Path away = town.root().resolve("away");
        Files.move(town.folder("desk"), away);
        Files.writeString(away.resolve("b.bin"), "second");
        town.scan("scans", "other.bin", "others go on");
        town.awaitReceived(2);

        Files.deleteIfExists(town.root().resolve("desk"));
        Files.move(away, town.root().resolve("desk"));

        town.awaitReceived(3);
    }

    /** A scan that comes later is sent: the folder was looked at since. */
    private void marker(int number) throws IOException {
        int before = town.received().size();
        save("marker-" + number + ".bin", "marker " + number);
        town.awaitReceived(before + 1);
        town.awaitEmptySpool();
    }

    private Path save(String name, String content) throws IOException {
        Path half = Files.writeString(town.folder("desk").resolve(name + ".tmp"), content);
        return Files.move(half, town.folder("desk").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
