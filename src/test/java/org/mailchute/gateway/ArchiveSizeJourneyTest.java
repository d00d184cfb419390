package org.mailchute.gateway;

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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.MovableClock;

/** {@code archiveSize}: how much is kept of what was sent. */
class ArchiveSizeJourneyTest {
    private static final int SCAN = 600 << 10;

    private final MovableClock clock = new MovableClock(Instant.now());

    @RegisterExtension
    final Town town = new Town();

    @Test
    void beyondItsSizeTheOldestScansLeaveTheArchiveAndNothingElseDoes() throws Exception {
        Path archive = town.root().resolve("archive");
        town.withClock(clock)
                .withFolder("desk", "stableFor: 0s, done: archive, archiveSize: 1MB, archive: \"" + archive + "\"")
                .start();
        for (String name : List.of("oldest.bin", "older.bin", "newest.bin")) {
            town.scan("desk", name, name.repeat(SCAN / name.length()));
            await(name).until(() -> kept(archive).stream().anyMatch(file -> file.endsWith(name)));
            clock.move(Duration.ofDays(1));
        }
        town.awaitEmptySpool();
        Path mine = Files.write(archive.resolve("mine.bin"), new byte[2 << 20]);
        assertThat(kept(archive)).as("swept at the start and then each hour").hasSize(3);

        town.stop();
        town.start();

        await("the sweep").until(() -> kept(archive).size() == 1);
        assertThat(kept(archive).get(0)).endsWith("-newest.bin");
        assertThat(mine).exists();
        await("days that are empty went too").until(() -> days(archive) == 1);
    }

    private static long days(Path archive) throws IOException {
        try (Stream<Path> days = Files.list(archive)) {
            return days.filter(Files::isDirectory).count();
        }
    }

    /** Names of the archived scans. */
    private static List<String> kept(Path archive) throws IOException {
        return FilesIn.folder(archive).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("[0-9A-Z]{16}-.*"))
                .toList();
    }
}
