package org.mailchute.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

@DisplayName("P7: what never becomes whole waits, is told of, and delays nobody")
class FolderWaitingJourneyTest {
    private static final String STABLE = "stableFor: 5s, reportAfter: 10m";
    private static final String HALF_PDF = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    private static final String REST_OF_PDF = "trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

    @TempDir
    Path root;

    private final MovableClock clock = new MovableClock();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Town town;

    @BeforeEach
    void open() throws Exception {
        clock.set(Instant.now());
        town = new Town(root, Scenario.standard()).withClock(clock);
    }

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void aPlaceholderIsToldOfOnceAndThenTakenToTheUndecidedPlace() throws Exception {
        Path undecided = root.resolve("undecided");
        town.withFolder("desk", STABLE + ", undecidedAfter: 24h, undecided: \"" + undecided + "\"")
                .start();
        try (LogLines log = LogLines.of("org.mailchute.steps")) {
            save("empty.pdf", "");
            seen("empty.pdf");
            for (int hour = 0; hour < 23; hour++) {
                clock.move(Duration.ofHours(1));
                otherScansGoOn(hour);
            }
            assertThat(warnings(log)).hasSize(1);
            assertThat(warnings(log).get(0))
                    .contains("intake desk: \"", "empty.pdf\" is not taken: it is empty; it waits at most 24h");
            assertThat(town.metrics()).contains("mailchute_files_waiting{source=\"folder:desk\"} 1");

            clock.move(Duration.ofHours(2));
            DeliveryEvent refused = awaitRefused();

            assertThat(refused.reason()).isEqualTo("\"empty.pdf\" never became whole: it is empty");
            assertThat(undecided.resolve("empty.pdf")).isEmptyFile();
            assertThat(undecided.resolve("empty.pdf.reason.txt"))
                    .content()
                    .contains("never became whole", "scan again");
            assertThat(Town.files(town.folder("desk"))).isEmpty();
            assertThat(town.metrics()).contains("mailchute_files_waiting{source=\"folder:desk\"} 0");
        }
    }

    @Test
    void withoutAnUndecidedPlaceItStaysIsToldOfOnceADayAndGoesWhenItIsWhole() throws Exception {
        town.withFolder("desk", STABLE + ", undecidedAfter: 1h").start();
        try (LogLines log = LogLines.of("org.mailchute.steps")) {
            Path scan = save("scan.pdf", HALF_PDF);
            seen("scan.pdf");
            for (int hour = 0; hour < 47; hour++) {
                clock.move(Duration.ofHours(1));
                otherScansGoOn(hour);
            }
            assertThat(warnings(log))
                    .hasSize(2)
                    .allMatch(line -> line.contains("its PDF has no end (%%EOF); it waits"));
            assertThat(scan).exists();

            Files.writeString(scan, HALF_PDF + REST_OF_PDF);
            awaitScan("scan.pdf");
        }
    }

    @Test
    void ofManyOnlySomeAreToldOfByName() throws Exception {
        town.withFolder("desk", STABLE).start();
        try (LogLines log = LogLines.of("org.mailchute.steps")) {
            for (int number = 0; number < 60; number++) {
                save("empty-" + number, "");
            }
            seen("empty-0");
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
        try (LogLines log = LogLines.of("org.mailchute.steps")) {
            otherScansGoOn(1);
            clock.move(Duration.ofMinutes(20));
            otherScansGoOn(2);
            await().until(() -> !warnings(log).isEmpty());
            assertThat(warnings(log)).hasSize(1).allMatch(line -> line.contains("in this locale"));
        }
        assertThat(Town.files(town.folder("desk"))).hasSize(1);
    }

    @Test
    void anAdministratorsOwnNamesAreNeverInput() throws Exception {
        town.withFolder("desk", "stableFor: 5s, ignore: [\"*.log\", \"job-??\"]")
                .start();
        save("scan.LOG", "x");
        save("job-01", "x");
        save("job-001", "x");

        awaitScan("job-001");
        otherScansGoOn(1);

        assertThat(town.received()).hasSize(2);
        assertThat(Town.files(town.folder("desk"))).hasSize(2);
    }

    /** A scan that came later is mailed while the others wait. */
    private void otherScansGoOn(int number) throws IOException {
        save("other-" + number + ".bin", "content");
        awaitScan("other-" + number + ".bin");
    }

    /** A look that began before the clock was moved rests for ten seconds after it. */
    private DeliveryEvent awaitRefused() {
        await("refused").pollInterval(Duration.ofMillis(50)).until(() -> {
            clock.move(Duration.ofSeconds(1));
            return !town.events(Kind.REFUSED).isEmpty();
        });
        return town.awaitEvent(Kind.REFUSED);
    }

    private void awaitScan(String name) {
        await(name).pollInterval(Duration.ofMillis(50)).until(() -> {
            clock.move(Duration.ofSeconds(1));
            return subjects().contains("Subject: Scan " + name);
        });
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

    /** The gateway has looked at the folder since. */
    private void seen(String name) throws IOException {
        assertThat(town.folder("desk").resolve(name)).exists();
        otherScansGoOn(-1);
    }

    private Path save(String name, String content) throws IOException {
        return Files.writeString(town.folder("desk").resolve(name), content);
    }

    private static List<String> warnings(LogLines log) {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }
}
