package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.testing.MovableClock;

/** What {@code lanes} tells of the intakes. */
class WaitingShownTest {
    /** Nobody says that a file is gone: it is when it was not seen for so long. */
    private static final Duration A_WHILE = Duration.ofSeconds(40);

    private final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @RegisterExtension
    final Town town = new Town().withoutConnector();

    @BeforeEach
    void open() throws Exception {
        town.withClock(clock)
                .withFolder("desk", "stableFor: 0s, reportAfter: 10m")
                .start();
    }

    private String lanes() throws Exception {
        Town.Ran ran = town.command("lanes");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out();
    }

    private void save(String name) throws Exception {
        Files.writeString(town.folder("desk").resolve(name), "");
    }

    @Test
    void filesThatAreNotWholeAreCountedWithTheTimeOfTheFirst() throws Exception {
        assertThat(lanes()).contains("LANE ", "mailbox").endsWith("Nothing waits at the intakes.\n");

        Instant seen = clock.instant();
        save("one.pdf");
        await().until(() -> lanes().matches("(?s).*folder:desk +1  .*"));
        clock.move(Duration.ofMinutes(2));
        save("two.pdf");
        await().until(() -> lanes().matches("(?s).*folder:desk +2  .*"));

        assertThat(firstSince()).isEqualTo(seen);
        assertThat(lanes()).doesNotContain("folder:scans", "jms:applications", "Nothing waits");
        assertThat(town.metrics()).as("not told of yet").contains("mailchute_files_waiting{source=\"folder:desk\"} 0");
    }

    private Instant firstSince() throws Exception {
        return Instant.parse(lanes().replaceAll("(?s).*folder:desk +\\d+  (\\S+).*", "$1"));
    }

    @Test
    void aRestartMakesNoFileWaitAnew() throws Exception {
        Instant seen = clock.instant();
        save("one.pdf");
        await().until(() -> lanes().contains("folder:desk"));
        clock.move(Duration.ofMinutes(11));
        await().until(() -> town.metrics().contains("mailchute_files_waiting{source=\"folder:desk\"} 1"));

        town.stop();
        town.start();

        await().until(() -> lanes().contains("folder:desk"));
        assertThat(firstSince()).isEqualTo(seen);
        assertThat(town.metrics()).as("told of").contains("mailchute_files_waiting{source=\"folder:desk\"} 1");
    }

    @Test
    void aFileThatIsWholeOrGoneWaitsNoLonger() throws Exception {
        save("one.pdf");
        await().until(() -> lanes().contains("folder:desk"));

        Files.delete(town.folder("desk").resolve("one.pdf"));

        await().until(() -> {
            clock.move(A_WHILE);
            return lanes().endsWith("Nothing waits at the intakes.\n");
        });
    }
}
