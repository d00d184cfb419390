package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.MovableClock;

/** What {@code lanes} tells of the intakes. */
class WaitingShownTest {
    @TempDir
    Path root;

    private final MovableClock clock = new MovableClock();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Town town;

    @BeforeEach
    void open() throws Exception {
        clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        town = new Town(root, Scenario.standard())
                .withClock(clock)
                .withFolder("desk", "stableFor: 5s, reportAfter: 10m")
                .start();
    }

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    private String lanes() throws Exception {
        Town.Ran ran = town.command("lanes");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out();
    }

    private void save(String name) throws Exception {
        Files.writeString(town.folder("desk").resolve(name), "");
        clock.move(Duration.ofSeconds(20)); // what stood there before is looked at again
    }

    @Test
    void filesThatAreNotWholeAreCountedWithTheTimeOfTheFirst() throws Exception {
        assertThat(lanes()).contains("LANE ", "mailbox").endsWith("Nothing waits at the intakes.\n");

        Instant before = clock.instant();
        save("one.pdf");
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            return lanes().matches("(?s).*folder:desk +1  .*");
        });
        Instant seen = clock.instant();
        clock.move(Duration.ofMinutes(2));
        save("two.pdf");
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            return lanes().matches("(?s).*folder:desk +2  .*");
        });

        String since = lanes().replaceAll("(?s).*folder:desk +2  (\\S+).*", "$1");
        assertThat(Instant.parse(since)).isBetween(before, seen);
        assertThat(lanes()).doesNotContain("folder:scans", "jms:applications", "Nothing waits");
        assertThat(town.metrics()).as("not told of yet").contains("mailchute_files_waiting{source=\"folder:desk\"} 0");
    }

    @Test
    void aFileThatIsWholeOrGoneWaitsNoLonger() throws Exception {
        save("one.pdf");
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            return lanes().contains("folder:desk");
        });

        Files.delete(town.folder("desk").resolve("one.pdf"));

        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            return lanes().endsWith("Nothing waits at the intakes.\n");
        });
    }
}
