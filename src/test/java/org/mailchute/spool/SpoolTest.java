package org.mailchute.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.testing.SmallDisk;

class SpoolTest {
    private static final ForwardPath ANNA = ForwardPath.parse("anna@contoso.example");
    private static final ForwardPath BEN = ForwardPath.parse("ben@contoso.example");

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    Path home;

    private Spool spool;
    private Incoming incoming;
    private final QueueId id = QueueId.next(Clock.systemUTC());

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(home);
        incoming = Incoming.open(home.resolve("incoming"), "scans");
    }

    @Test
    void whatWasKeptIsReadBackAsItWas() throws IOException {
        Ticket ticket = kept(ANNA, BEN);

        assertThat(Spool.open(home).read(id)).isEqualTo(ticket);
        assertThat(spool.payload(id, 0)).hasContent("payload");
    }

    @Test
    @DisplayName("P3: a claim outlives a crash, under its queue id")
    void aClaimThatNobodyWorksOnIsFoundAgain() throws IOException {
        Path scan = Files.writeString(home.resolve("SCN_0001.pdf"), "scan");
        Claimed claimed = incoming.claim(scan, id);
        assertThat(scan).doesNotExist();
        assertThat(incoming.leftBehind()).as("under way in this process").isEmpty();

        assertThat(Incoming.open(home.resolve("incoming"), "scans").leftBehind())
                .containsExactly(claimed);
    }

    @Test
    @EnabledIf("anotherFileSystem")
    @DisplayName("P9: a link is claimed as the link it is, also from another file system")
    void aLinkOnAnotherFileSystemIsNotFollowed() throws Exception {
        Path secret = Files.writeString(home.resolve("secret"), "private key");
        Path elsewhere = Files.createTempDirectory(SHARED_MEMORY, "mailchute");
        Path link = Files.createSymbolicLink(elsewhere.resolve("x.pdf"), secret);

        Claimed claimed = incoming.claim(link, id);

        assertThat(claimed.file()).isSymbolicLink();
        assertThat(link).doesNotExist();
        Files.delete(elsewhere);
    }

    @Test
    @EnabledIf("anotherFileSystem")
    void aFileOfAnotherFileSystemIsMovedWhole() throws Exception {
        Path elsewhere = Files.createTempDirectory(SHARED_MEMORY, "mailchute");
        Path scan = Files.writeString(elsewhere.resolve("x.pdf"), "scan");

        Claimed claimed = incoming.claim(scan, id);

        assertThat(claimed.file()).hasContent("scan");
        assertThat(incoming.folder()).isDirectoryContaining(claimed.file()::equals);
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(elsewhere);
    }

    static boolean anotherFileSystem() throws IOException {
        return Files.isWritable(SHARED_MEMORY)
                && !Files.getFileStore(SHARED_MEMORY)
                        .equals(Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))));
    }

    @Test
    void whatACrashLeftHalfCopiedIsForgottenSinceItsSourceIsStillThere() throws Exception {
        Files.writeString(incoming.folder().resolve("copying-" + id), "half");
        Files.writeString(incoming.folder().resolve("moving-" + id), "/elsewhere/x.pdf");

        assertThat(Incoming.open(home.resolve("incoming"), "scans").folder()).isEmptyDirectory();
    }

    @Test
    void aClaimThatEndsWhileTheFolderIsReadIsNotLeftBehind() throws Exception {
        List<Claimed> ghosts = new ArrayList<>();
        Thread worker = new Thread(() -> claimAndRelease(3_000));
        worker.start();
        while (worker.isAlive()) {
            for (Claimed claimed : incoming.leftBehind()) {
                ghosts.add(claimed);
            }
        }

        assertThat(ghosts).isEmpty();
    }

    private void claimAndRelease(int times) {
        try {
            for (int number = 0; number < times; number++) {
                QueueId next = new QueueId("%016d".formatted(number));
                incoming.release(incoming.claim(Files.writeString(home.resolve(number + ".pdf"), "scan"), next));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName(
            "P2: a payload that its writer made longer meanwhile is not kept as it was; the next try takes all of it")
    void aPayloadThatGrewSinceItsTicketIsNotKept() throws IOException {
        Ticket ticket = kept(ANNA);
        spool.discard(ticket.queueId());
        Files.writeString(spool.payload(ticket.queueId(), 0), "payload and more");

        assertThatThrownBy(() -> spool.keep(ticket)).hasMessageContaining("written to while it was being kept");
        assertThat(spool.has(ticket.queueId())).isFalse();
    }

    @Test
    void aReleasedClaimLeavesThePayload() throws IOException {
        Claimed claimed = incoming.claim(Files.writeString(home.resolve("a.pdf"), "scan"), id);
        spool.adopt(claimed);
        spool.adopt(claimed);

        incoming.release(claimed);

        assertThat(claimed.file()).doesNotExist();
        assertThat(spool.payload(id, 0)).hasContent("scan");
    }

    @Test
    void aNameOf255OctetsCanBeClaimedAndKeepsItsEnding() throws IOException {
        Path scan = Files.writeString(home.resolve("ü".repeat(125) + ".pdf"), "scan");

        Claimed claimed = incoming.claim(scan, id);

        assertThat(claimed.name()).endsWith("ü.pdf");
        assertThat(claimed.file()).exists();
    }

    @Test
    @DisplayName("P3: a crash between copy and deletion, across file systems, does not take the scan twice")
    void aCopiedClaimWhoseOriginalStillStandsIsFinished() throws IOException {
        Path original = Files.writeString(home.resolve("a.pdf"), "scan");
        Claimed claimed = incoming.claim(original, id);
        Files.copy(claimed.file(), original);
        Files.writeString(incoming.folder().resolve("moving-" + id), original.toString());

        Incoming restarted = Incoming.open(home.resolve("incoming"), "scans");
        assertThat(restarted.leftBehind()).containsExactly(claimed);
        restarted.gather(claimed);

        assertThat(original).doesNotExist();
        assertThat(incoming.folder().resolve("moving-" + id)).doesNotExist();
    }

    @Test
    void aNewScanOfTheSameNameIsNotTheOriginalOfAnOldCopy() throws IOException {
        Path original = Files.writeString(home.resolve("a.pdf"), "scan");
        Claimed claimed = incoming.claim(original, id);
        Files.writeString(original, "another scan");
        Files.writeString(incoming.folder().resolve("moving-" + id), original.toString());

        Incoming restarted = Incoming.open(home.resolve("incoming"), "scans");
        assertThat(restarted.leftBehind()).containsExactly(claimed);
        restarted.gather(claimed);

        assertThat(original).hasContent("another scan");
    }

    @Test
    void aFileThatIsWrittenToWhileItIsCopiedStaysAtItsSource() throws Exception {
        Path scan = Files.write(home.resolve("a.bin"), new byte[20_000_000]);
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread device = new Thread(() -> append(scan, begun, ended));
        device.start();
        try {
            begun.await();
            assertThatThrownBy(() -> incoming.claimCopy(Gathered.only(scan, ""), id, "note"))
                    .hasMessageContaining("it was written to while it was copied");
        } finally {
            ended.set(true);
            device.join();
        }

        assertThat(incoming.folder()).isEmptyDirectory();
        assertThat(incoming.claimCopy(Gathered.only(scan, ""), id, "note").file())
                .hasSize(Files.size(scan));
    }

    private static void append(Path file, CountDownLatch begun, AtomicBoolean ended) {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            while (!ended.get()) {
                out.write(1);
                begun.countDown();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClaimWhoseNoteIsSpoiltIsNotSentToAnybodyElseAndHoldsUpNoOther() throws Exception {
        Path lay = Files.createDirectories(home.resolve("anna")).resolve("a.pdf");
        Claimed spoilt = incoming.claim(Gathered.only(Files.writeString(lay, "scan"), "anna"), id);
        Claimed other =
                incoming.claim(Files.writeString(home.resolve("b.pdf"), "scan"), QueueId.next(Clock.systemUTC()));
        Files.writeString(incoming.folder().resolve("lay-" + id), "{");
        incoming.leave(spoilt);
        incoming.leave(other);

        assertThat(incoming.leftBehind()).containsExactly(other);
        incoming.release(other);
        assertThatThrownBy(() -> incoming.leftBehind())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lay-" + id);
        assertThatThrownBy(
                        () -> Incoming.open(home.resolve("incoming"), "scans").leftBehind())
                .hasMessageContaining("lay-" + id);

        Files.writeString(incoming.folder().resolve("lay-" + id), "{\"subfolder\":\"anna\",\"companions\":[]}");
        assertThat(incoming.leftBehind()).containsExactly(spoilt);
    }

    @Test
    void aClaimLeftByAFailureIsGivenOnce() throws IOException {
        Claimed claimed = incoming.claim(Files.writeString(home.resolve("a.pdf"), "scan"), id);
        incoming.leave(claimed);

        assertThat(incoming.leftBehind()).containsExactly(claimed);
        assertThat(incoming.leftBehind()).isEmpty();
    }

    @Test
    void aMessageGoesWhenItsLastRecipientHasEnded() throws IOException {
        kept(ANNA, BEN);

        spool.ended(id, List.of(ANNA));
        spool.ended(id, List.of(ANNA));
        assertThat(spool.has(id)).isTrue();
        Spool.open(home).ended(id, List.of(BEN));

        assertThat(home.resolve("messages")).isEmptyDirectory();
    }

    @Test
    void allRecipientsAtOnceLeaveNoTrace() throws IOException {
        kept(ANNA, BEN);

        spool.ended(id, List.of(BEN, ANNA));
        spool.ended(id, List.of(BEN, ANNA));

        assertThat(home.resolve("messages")).isEmptyDirectory();
    }

    @Test
    @DisplayName("P3: a removal that a crash cuts short is finished when the end is told again")
    void theTicketGoesLast() throws IOException {
        kept(ANNA);
        Path payload = spool.payload(id, 0);
        Files.delete(payload);
        Files.createDirectories(payload.resolve("cannot be deleted"));
        assertThatThrownBy(() -> spool.ended(id, List.of(ANNA))).isInstanceOf(IOException.class);
        assertThat(spool.has(id)).isTrue();
        Files.delete(payload.resolve("cannot be deleted"));

        spool.ended(id, List.of(ANNA));

        assertThat(home.resolve("messages")).isEmptyDirectory();
    }

    @Test
    void aPayloadWithoutATicketIsPresentToo() throws IOException {
        try (OutputStream out = spool.create(id, 3)) {
            out.write(1);
        }

        assertThat(spool.strays().allBut(known -> false)).containsExactly(id);
        assertThat(spool.strays().allBut(id::equals)).isEmpty();
        spool.strays().discard(Set.of(id));
        assertThat(spool.strays().allBut(known -> false)).isEmpty();
    }

    @Test
    void whatIsDiscardedIsGoneWholeAndNothingElse() throws IOException {
        Ticket ticket = kept(ANNA);
        QueueId other = new QueueId("0000000000000001");
        for (QueueId message : List.of(id, other)) {
            spool.create(message, 0).close();
            spool.create(message, 1).close();
        }

        spool.discard(ticket.queueId());

        assertThat(spool.strays().allBut(known -> false)).containsExactly(other);
        assertThat(home.resolve("messages"))
                .isDirectoryContaining(file -> file.equals(spool.payload(other, 1)))
                .isDirectoryNotContaining("glob:**" + id + "*");
    }

    @Test
    void aTicketThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> spool.read(id)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisplayName("P9: nobody else may look into the spool")
    void theSpoolIsPrivate() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("messages"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(incoming.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    @DisplayName("P9: a queue id can never name another place")
    void aQueueIdIsNoPath() {
        for (String bad : List.of("../../../../etc/x", "0123456789abcdef", "0123456789ABCDE", "0123456789ABCDE/", "")) {
            assertThatThrownBy(() -> new QueueId(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void queueIdsSortByAge() {
        Clock then = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), java.time.ZoneOffset.UTC);
        Clock later = Clock.fixed(Instant.parse("2026-11-23T10:00:00.001Z"), java.time.ZoneOffset.UTC);

        assertThat(QueueId.next(then).value()).isLessThan(QueueId.next(later).value());
    }

    @Test
    @EnabledIf("anotherFileSystem")
    @DisplayName("P2: a scan is kept also where the messages have a disk of their own, which no hard link reaches")
    void messagesMayHaveADiskOfTheirOwn() throws IOException {
        Path elsewhere = Files.createTempDirectory(SHARED_MEMORY, "mailchute");
        Path other = Files.createDirectory(home.resolve("other"));
        Files.createSymbolicLink(other.resolve("messages"), elsewhere);
        isKeptAndDiscarded(other);
        Files.delete(elsewhere);
    }

    @Test
    @DisplayName(
            "P2: a scan is kept also where the messages are another mount of the same disk, as volumes of a container are")
    void messagesMayBeAMountOfTheirOwn() throws Exception {
        Path other = home.resolve("other");
        try (SmallDisk mount = SmallDisk.again(Files.createDirectories(other.resolve("messages")))) {
            isKeptAndDiscarded(other);
        }
    }

    private void isKeptAndDiscarded(Path other) throws IOException {
        Path scan = Files.writeString(home.resolve("SCN_0001.pdf"), "scan");
        Claimed claimed = Incoming.open(other.resolve("incoming"), "scans").claim(scan, id);

        Spool apart = Spool.open(other);
        apart.adopt(claimed);
        apart.adopt(claimed);

        assertThat(apart.payload(id, 0)).hasContent("scan");
        apart.discard(id);
        assertThat(other.resolve("messages")).isEmptyDirectory();
    }

    @Test
    @DisplayName("P3: a spoilt note of who has ended removes no message that somebody still waits for")
    void aSpoiltNoteOfWhoHasEndedRemovesNothingTooEarly() throws IOException {
        Ticket ticket = kept(ANNA, BEN);
        Files.write(home.resolve("messages").resolve(id + ".ended"), new byte[] {'x', '\n', (byte) 0xff, '\n', 'y'});

        spool.ended(id, List.of(ANNA));
        assertThat(spool.whole(id)).isEqualTo(ticket);

        spool.ended(id, List.of(BEN));
        assertThat(spool.has(id)).isFalse();
    }

    private Ticket kept(ForwardPath... recipients) throws IOException {
        try (OutputStream out = spool.create(id, 0)) {
            out.write("payload".getBytes(UTF_8));
        }
        Ticket ticket = new Ticket(
                id,
                "<" + id + "@gateway.contoso.example>",
                Instant.parse("2026-11-23T10:00:00Z"),
                new Ticket.Source("folder", "scans", "SCN \"1\"\r\n.pdf", ""),
                ReversePath.NULL,
                List.of(recipients),
                new Ticket.Header(
                        MailAddress.parse("scanner@contoso.example"),
                        "Scänner",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        "Scan",
                        Map.of("X-Device", "7")),
                "text",
                Optional.of("<p>html</p>"),
                List.of(new Ticket.Payload("SCN 1.pdf", "application/pdf", 7, "00")),
                Priority.NORMAL,
                Optional.empty());
        spool.keep(ticket);
        return ticket;
    }
}
