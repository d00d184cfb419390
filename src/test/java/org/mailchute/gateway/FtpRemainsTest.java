package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;

/** Files that stay on a polled server, because they cannot be deleted or fetched there. */
class FtpRemainsTest {
    private static final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    @RegisterExtension
    static final PolledTown polled = new PolledTown(clock);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ScriptedFtp server;

    private static int tests;

    /** Of each test another, for what stays is remembered. */
    private final String stays = "stays-" + tests++ + ".bin";

    private final LogLines log = LogLines.ofIntakes();

    @BeforeAll
    static void open() throws Exception {
        server = ScriptedFtp.plain();
        polled.town().withAcceptOptions("maxSize: 1KB").forgetful();
        polled.polling(server.port(), "tls: false,").start();
    }

    @AfterEach
    void forget() {
        server.reset();
        awaitPolls();
        server.reset();
        log.close();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    private void save(String name, String content) {
        server.files().put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitPolls() {
        int looks = server.listings();
        await("further polls").until(() -> server.listings() > looks + 4);
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    private void awaitWarnings(int count) {
        await(count + " warnings").until(() -> warnings().size() >= count);
        awaitPolls();
        assertThat(warnings()).hasSize(count);
    }

    @Test
    @DisplayName(
            "P3: a file that cannot be deleted on its server is sent once, fetched once, and told of once and daily")
    void aFileThatCannotBeDeletedIsSentOnceAndToldOf() throws Exception {
        server.answer("DELE", "550 Permission denied");
        save(stays, "stays");
        polled.awaitMail(stays);
        awaitWarnings(1);
        assertThat(warnings())
                .singleElement(as(STRING))
                .startsWith("WARN intake plant: \"" + stays + "\" was sent but cannot be deleted on 127.0.0.1:"
                        + server.port() + " (550 Permission denied): ")
                .contains("let the user \"scanner\" delete");
        assertThat(server.told("RETR")).isEqualTo(1);
        assertThat(server.told("DELE")).isEqualTo(1);
        save("next.bin", "next");
        polled.awaitMail("next.bin");
        awaitWarnings(2);

        clock.move(Duration.ofHours(25));
        awaitWarnings(4);
        assertThat(server.told("DELE")).isEqualTo(4);
        assertThat(polled.mails(stays)).isEqualTo(1);
        assertThat(polled.mails("next.bin")).isEqualTo(1);
        assertThat(polled.ready()).startsWith("200");
    }

    @Test
    @DisplayName("P3: neither a restart nor a broker that has forgotten it sends again what stayed on its server")
    void aFileThatStaysIsNotSentAgainAfterARestart() throws Exception {
        server.answer("DELE", "550 Permission denied");
        save(stays, "stays");
        awaitWarnings(1);
        polled.town().awaitEmptySpool();
        polled.town().stop();
        forgetAll(polled.town().home().resolve("broker"));
        polled.start();
        awaitWarnings(2);
        assertThat(server.told("RETR")).isEqualTo(1);
        assertThat(polled.mails(stays)).isEqualTo(1);
    }

    private static void forgetAll(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void whatStayedIsDeletedWithinADayOnceItCanBe() throws Exception {
        server.answer("DELE", "550 Permission denied");
        save(stays, "stays");
        awaitWarnings(1);
        server.obey("DELE");
        clock.move(Duration.ofHours(25));
        await("deleted").until(() -> server.files().isEmpty());
        awaitPolls();
        assertThat(polled.mails(stays)).isEqualTo(1);
        save(stays, "stays");
        await("a second scan").until(() -> server.files().isEmpty());
    }

    /** A listing to the minute does not show it, so content decides before anything is deleted. */
    @Test
    @DisplayName("P3: what was written over a file that stayed is sent, though name, size and minute are the same")
    void whatWasWrittenOverAFileThatStayedIsSent() throws Exception {
        server.answer("DELE", "550 Permission denied");
        save(stays, "page A");
        awaitWarnings(1);
        save(stays, "page B");
        server.obey("DELE");
        clock.move(Duration.ofHours(25));
        await("deleted").until(() -> server.files().isEmpty());
        await("both mailed").until(() -> polled.mails(stays) == 2);
        assertThat(polled.holds("page A") && polled.holds("page B")).isTrue();
    }

    @Test
    void aFileThatStayedAndChangedIsANewScan() throws Exception {
        server.answer("DELE", "550 Permission denied");
        save(stays, "page A");
        awaitWarnings(1);
        save(stays, "page A and B");
        await("mailed").until(() -> polled.mails(stays) == 2);
        awaitWarnings(2);
        assertThat(server.told("RETR")).isEqualTo(2);
    }

    /** Comparing its content once is enough: a day later, nothing can be written with its old time. */
    @Test
    void aFileThatStaysIsFetchedOnceMoreToCompareAndThenNeverAgain() throws Exception {
        server.answer("DELE", "450 Busy");
        save(stays, "stays");
        awaitWarnings(1);
        for (int day = 1; day <= 4; day++) {
            clock.move(Duration.ofHours(25));
            awaitWarnings(1 + day);
            assertThat(server.told("DELE")).isEqualTo(1 + day);
        }
        assertThat(server.told("RETR")).isEqualTo(2);
        assertThat(polled.mails(stays)).isEqualTo(1);
    }

    @Test
    @DisplayName("P7: of a file larger than is accepted nothing is fetched, and it is told of once and daily")
    void aFileLargerThanIsAcceptedIsNotFetched() throws Exception {
        save("large.bin", "larger than a kilobyte".repeat(100));
        save("small.bin", "small");
        polled.awaitMail("small.bin");
        awaitWarnings(1);
        assertThat(warnings().get(0)).contains("\"large.bin\" is not fetched from 127.0.0.1", "raise maxSize");
        assertThat(server.told("RETR large.bin")).isZero();
        assertThat(polled.ready()).startsWith("200");
    }

    @Test
    @DisplayName(
            "P8: of an answer larger than its listing nothing beyond that is fetched, and it is told of once and daily")
    void anAnswerLargerThanItsListingIsCutThere() throws Exception {
        int sessions = server.sessions();
        long sent = server.sent();
        server.claim("endless.bin", 10);
        save("endless.bin", "x".repeat(40 << 20));
        save("beside.bin", "next");
        polled.awaitMail("beside.bin");
        awaitWarnings(1);
        assertThat(warnings())
                .singleElement(as(STRING))
                .contains("\"endless.bin\" is not taken from 127.0.0.1:" + server.port())
                .contains("goes on after the 10 octets");
        assertThat(server.told("RETR endless.bin")).isEqualTo(1);
        assertThat(server.sent() - sent).isLessThan(20L << 20);
        assertThat(FilesIn.folder(polled.town().home().resolve("incoming/plant/downloading")))
                .isEmpty();
        assertThat(polled.ready()).startsWith("200");
        assertThat(server.sessions()).isEqualTo(sessions);
        clock.move(Duration.ofHours(25));
        awaitWarnings(2);
        assertThat(server.told("RETR endless.bin")).isEqualTo(2);
    }

    @Test
    @DisplayName("P3: a file that grew between listing and fetch is neither lost nor mailed half")
    void aFileThatGrewSinceItsListingIsFetchedWhenItsListingSaysSo() throws Exception {
        server.claim("grown.bin", 10);
        save("grown.bin", "first half and second half");
        awaitWarnings(1);
        assertThat(server.told("DELE")).isZero();
        server.claim("grown.bin", 26);
        polled.awaitMail("grown.bin");
        await("deleted").until(() -> server.files().isEmpty());
        assertThat(polled.mails("grown.bin")).isEqualTo(1);
        assertThat(polled.holds("first half and second half")).isTrue();
    }

    @Test
    void aFileThatComesShortEachTimeIsToldOfOnceAndFetchedOnceAMinute() throws Exception {
        server.claim("short.bin", 10);
        save("short.bin", "short");
        awaitWarnings(1);
        assertThat(warnings().get(0)).contains("it has 5 octets here and 10 on the server", "within a minute");
        assertThat(server.told("RETR")).isEqualTo(1);
        clock.move(Duration.ofMinutes(1));
        await("again").until(() -> server.told("RETR") == 2);
        awaitWarnings(1);
        assertThat(polled.ready()).startsWith("200");
    }

    @Test
    void aSymbolicLinkInAListingIsSkippedAndToldOfOnce() throws Exception {
        server.list("lrwxrwxrwx   1 ftp ftp 8 Nov 23 12:00 link.bin -> scan.bin\r\n");
        save("scan.bin", "scan");
        polled.awaitMail("scan.bin");
        awaitWarnings(1);
        assertThat(warnings().get(0)).contains("lists \"link.bin\", a symbolic link");
        assertThat(server.told("RETR")).isEqualTo(1);
        assertThat(polled.ready()).startsWith("200");
    }

    @Test
    void aFileThatCannotBeFetchedIsToldOfAndHoldsUpNoOther() throws Exception {
        server.answer("RETR closed.bin", "550 Permission denied");
        save("closed.bin", "closed");
        save("open.bin", "open");
        polled.awaitMail("open.bin");
        awaitWarnings(1);
        assertThat(warnings())
                .singleElement(as(STRING))
                .startsWith("WARN intake plant: \"closed.bin\" cannot be fetched from 127.0.0.1:" + server.port()
                        + " (550 Permission denied): ")
                .contains("let the user \"scanner\" read");
        assertThat(server.told("RETR closed.bin")).isEqualTo(1);
        assertThat(log.lines()).noneMatch(line -> line.contains("polled"));
        assertThat(polled.ready()).startsWith("200");
        assertThat(FilesIn.folder(polled.town().home().resolve("incoming/plant/downloading")))
                .isEmpty();

        clock.move(Duration.ofHours(25));
        awaitWarnings(2);
        assertThat(server.told("RETR closed.bin")).isEqualTo(2);

        server.obey("RETR closed.bin");
        save("closed.bin", "closed, but changed");
        polled.awaitMail("closed.bin");
        await("deleted").until(() -> server.files().isEmpty());
    }

    @Test
    void aFileThatIsBusyIsFetchedWithinAMinute() throws Exception {
        server.answer("RETR busy.bin", "450 Busy");
        save("busy.bin", "busy");
        awaitWarnings(1);
        server.obey("RETR busy.bin");
        clock.move(Duration.ofMinutes(1));
        polled.awaitMail("busy.bin");
        await("deleted").until(() -> server.files().isEmpty());
        assertThat(warnings()).hasSize(1);
    }

    /** Between the listing and our command somebody else took it away. */
    @Test
    void aFileThatIsGoneMeanwhileIsNotToldOf() throws Exception {
        server.listOnce("-rw-r--r--   1 ftp ftp 4 Nov 23 12:00 gone.bin\r\n");
        await("fetched").until(() -> server.told("RETR gone.bin") == 1);
        awaitPolls();
        assertThat(warnings()).isEmpty();
        assertThat(polled.ready()).startsWith("200");
    }

    @Test
    @DisplayName(
            "P7: a scan whose end is missing stays on its server, is told of once and daily, and is sent when it is whole")
    void halfAScanStaysOnItsServerUntilItIsWhole() throws Exception {
        String whole = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
        save("scan.pdf", whole.substring(0, 40));
        awaitWarnings(1);
        assertThat(warnings())
                .singleElement(as(STRING))
                .startsWith("WARN intake plant: \"scan.pdf\" is not taken from 127.0.0.1:" + server.port()
                        + ": its PDF has no end (%%EOF); it stays there");
        assertThat(server.told("RETR")).isEqualTo(1);
        assertThat(server.told("DELE")).isZero();
        clock.move(Duration.ofHours(25));
        awaitWarnings(2);
        assertThat(server.told("RETR")).isEqualTo(2);
        assertThat(polled.ready()).startsWith("200");

        save("scan.pdf", whole);
        polled.awaitMail("scan.pdf");
        await("deleted").until(() -> server.files().isEmpty());
        assertThat(polled.mails("scan.pdf")).isEqualTo(1);
        assertThat(polled.holds(whole)).isTrue();
        polled.town().awaitEmptySpool();
    }
}
