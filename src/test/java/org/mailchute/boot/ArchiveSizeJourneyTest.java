package org.mailchute.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.MovableClock;

/** {@code archiveSize}: how much is kept of what was sent. */
class ArchiveSizeJourneyTest {
    private static final int SCAN = 600 << 10;

    private final MovableClock clock = new MovableClock(Instant.now());

    @Test
    void beyondItsSizeTheOldestScansLeaveTheArchiveAndNothingElseDoes(@TempDir Path root) throws Exception {
        Path archive = root.resolve("archive");
        try (Town town = new Town(root, Scenario.standard())) {
            town.withClock(clock)
                    .withFolder("desk", "stableFor: 0s, done: archive, archiveSize: 1MB, archive: \"" + archive + "\"")
                    .start();
            for (String name : List.of("oldest.bin", "older.bin", "newest.bin")) {
                Path half = Files.writeString(
                        town.folder("desk").resolve(name + ".tmp"), name.repeat(SCAN / name.length()));
                Files.move(half, town.folder("desk").resolve(name));
                await(name).until(() -> kept(archive).stream().anyMatch(file -> file.endsWith(name)));
                clock.move(Duration.ofDays(1));
            }
            town.awaitEmptySpool();
            Path mine = Files.write(archive.resolve("mine.bin"), new byte[2 << 20]);
            assertThat(kept(archive))
                    .as("swept at the start and then each hour")
                    .hasSize(3);

            town.stop();
            town.start();

            await("the sweep").until(() -> kept(archive).size() == 1);
            assertThat(kept(archive).get(0)).endsWith("-newest.bin");
            assertThat(mine).exists();
            try (Stream<Path> days = Files.list(archive).filter(Files::isDirectory)) {
                assertThat(days).as("days that are empty went too").hasSize(1);
            }
        }
    }

    /** Names of the archived scans. */
    private static List<String> kept(Path archive) throws IOException {
        if (!Files.isDirectory(archive)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(archive, 2)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9A-Z]{16}-.*"))
                    .toList();
        }
    }
}
