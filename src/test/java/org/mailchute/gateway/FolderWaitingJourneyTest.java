package org.mailchute.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.Received;
import org.mailchute.spool.QueueId;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("P7: what never becomes whole waits, is told of, and delays nobody")
class FolderWaitingJourneyTest {
    private static final String STABLE = "stableFor: 0s, reportAfter: 10m";
    /** Until the gateway examines a file that was not whole again. */
    private static final Duration REST = Duration.ofSeconds(11);

    private static final String HALF_PDF = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    private static final String REST_OF_PDF = "trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

    private final MovableClock clock = new MovableClock(Instant.now());

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @BeforeEach
    void open() throws Exception {
        town.withClock(clock);
    }

    @Test
    void aPlaceholderIsToldOfOnceAndThenTakenToTheUndecidedPlace() throws Exception {
        Path undecided = town.root().resolve("undecided");
        town.withFolder("desk", STABLE + ", undecidedAfter: 24h, undecided: \"" + undecided + "\"")
                .start();
        try (LogLines log = LogLines.ofIntakes()) {
            save("empty.pdf", "");
            otherScansGoOn();
            for (int hour = 0; hour < 21; hour += 3) {
                clock.move(Duration.ofHours(3));
                otherScansGoOn();
            }
            assertThat(warnings(log)).hasSize(1);
            assertThat(warnings(log).get(0))
                    .contains("intake desk: \"", "empty.pdf\" is not taken: it is empty; it waits at most 24h");
            assertThat(town.metrics()).contains("mailchute_files_waiting{source=\"folder:desk\"} 1");

            clock.move(Duration.ofHours(4));
            otherScansGoOn();
            DeliveryEvent refused = town.awaitEvent(Kind.REFUSED);

            assertThat(refused.reason()).isEqualTo("\"empty.pdf\" never became whole: it is empty");
            assertThat(undecided.resolve("empty.pdf")).isEmptyFile();
            assertThat(undecided.resolve("empty.pdf.reason.txt"))
                    .content()
                    .contains("never became whole", "scan again");
            assertThat(FilesIn.folder(town.folder("desk"))).isEmpty();
            assertThat(town.metrics()).contains("mailchute_files_waiting{source=\"folder:desk\"} 0");
        }
    }

    @Test
    @DisplayName(
            "P7: a TIFF whose writer goes on after the claim waits until it has ended, and is mailed with all pages")
    void aTiffThatIsWrittenOnAfterItWasClaimedWaits() throws Exception {
        assumeThat(Path.of("/proc/self/fdinfo")).exists();
        town.withFolder("desk", STABLE);
        Path incoming = Files.createDirectories(town.home().resolve("incoming/desk"));
        Path claim = incoming.resolve(QueueId.next(clock) + "~scan.tif");
        try (InputStream first = getClass().getResourceAsStream("/org/mailchute/rehearsal/demo/scan.tif");
                LogLines log = LogLines.ofIntakes();
                FileChannel writer = FileChannel.open(claim, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writer.write(ByteBuffer.wrap(Objects.requireNonNull(first).readAllBytes()));
            town.start(); // as after a crash, or at the next look at the claim
            await("the log")
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("has it open for writing")));
            town.stop();
            writer.write(ByteBuffer.wrap("another page".getBytes(ISO_8859_1)));
        }
        town.start();
        town.awaitReceived(1);
        assertThat(Letters.text(town.received().get(0))).contains("Fub3RoZXIgcGFnZQ"); // base64 of "nother page"
    }

    @Test
    void withoutAnUndecidedPlaceItStaysIsToldOfOnceADayAndGoesWhenItIsWhole() throws Exception {
        town.withFolder("desk", STABLE + ", undecidedAfter: 1h").start();
        try (LogLines log = LogLines.ofIntakes()) {
            Path scan = save("scan.pdf", HALF_PDF);
            otherScansGoOn();
            for (int hour = 0; hour < 48; hour += 3) {
                clock.move(Duration.ofHours(3));
                otherScansGoOn();
            }
            assertThat(warnings(log))
                    .hasSize(2)
                    .allMatch(line -> line.contains("its PDF has no end (%%EOF); it waits"));
            assertThat(scan).exists();

            Files.writeString(scan, HALF_PDF + REST_OF_PDF);
            clock.move(REST);
            otherScansGoOn(); // a look that saw the half has ended
            clock.move(REST);
            awaitScan("scan.pdf");
        }
    }

    @Test
    void ofManyOnlySomeAreToldOfByName() throws Exception {
        town.withFolder("desk", STABLE).start();
        try (LogLines log = LogLines.ofIntakes()) {
            for (int number = 0; number < 60; number++) {
                save("empty-" + number, "");
            }
            otherScansGoOn();
            clock.move(Duration.ofMinutes(11));
            await().until(() -> town.metrics().contains("mailchute_files_waiting{source=\"folder:desk\"} 60"));
            assertThat(warnings(log)).hasSize(21);
            assertThat(warnings(log).get(20)).contains("more than 20 files are not taken");
        }
    }

    @Test
    void aNameInAnotherCharsetIsToldOfAndDelaysNobody() throws Exception {
        town.withFolder("desk", STABLE).start();
        Process made = new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'gr\\374n.bin')\"")
                .directory(town.folder("desk").toFile())
                .start();
        assumeThat(made.waitFor()).isZero();
        try (LogLines log = LogLines.ofIntakes()) {
            otherScansGoOn();
            clock.move(Duration.ofMinutes(20));
            otherScansGoOn();
            await().until(() -> !warnings(log).isEmpty());
            assertThat(warnings(log)).hasSize(1).allMatch(line -> line.contains("in this locale"));
        }
        assertThat(FilesIn.folder(town.folder("desk"))).hasSize(1);
    }

    @Test
    void anAdministratorsOwnNamesAreNeverInput() throws Exception {
        town.withFolder("desk", "stableFor: 0s, ignore: [\"*.log\", \"job-??\"]")
                .start();
        save("scan.LOG", "x");
        save("job-01", "x");
        save("job-001", "x");

        awaitScan("job-001");
        otherScansGoOn();

        assertThat(town.received()).hasSize(2);
        assertThat(FilesIn.folder(town.folder("desk"))).hasSize(2);
    }

    /** A scan that came later is mailed while the others wait: by then the gateway has looked at all of them. */
    private void otherScansGoOn() throws IOException {
        String name = "other-" + town.received().size() + ".bin";
        town.scan("desk", name, "content");
        awaitScan(name);
    }

    private void awaitScan(String name) {
        await(name).until(() -> subjects().contains("Subject: Scan " + name));
    }

    private List<String> subjects() {
        return town.received().stream()
                .map(Received::file)
                .map(FolderWaitingJourneyTest::subject)
                .toList();
    }

    private static String subject(Path mail) {
        try {
            return Files.readAllLines(mail, ISO_8859_1).stream()
                    .filter(line -> line.startsWith("Subject: "))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path save(String name, String content) throws IOException {
        return Files.writeString(town.folder("desk").resolve(name), content);
    }

    private static List<String> warnings(LogLines log) {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }
}
