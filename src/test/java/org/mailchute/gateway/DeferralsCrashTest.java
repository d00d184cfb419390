package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.deferred.Places;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.UtcClock;
import org.slf4j.LoggerFactory;

/** The broker's files as they are at each step of a move: what a kill -9 there leaves behind. */
class DeferralsCrashTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final List<Instant> TIMES = List.of(NOON.plusSeconds(5), NOON.plusSeconds(9));

    @TempDir
    Path root;

    /** The mover asks for the time before each step, and goes on only when the files are copied. */
    private final class Steps extends UtcClock {
        private final MovableClock time = new MovableClock(NOON);
        private final List<Path> images = new CopyOnWriteArrayList<>();
        private final AtomicInteger wanted = new AtomicInteger();

        /** Of the next steps. */
        synchronized void copyAt(Instant now, int steps) {
            time.set(now);
            wanted.set(steps);
        }

        boolean done() {
            return wanted.get() <= 0;
        }

        @Override
        public synchronized Instant instant() {
            if (Thread.currentThread().getName().equals("mailchute-deferred") && wanted.getAndDecrement() > 0) {
                images.add(copy(images.size()));
            }
            return time.instant();
        }
    }

    /** Once more when the broker has deleted a file of read messages meanwhile: half of that would be no moment's image. */
    private Path copy(int number) {
        for (int attempt = 0; ; attempt++) {
            Path image = root.resolve("image-" + number + "-" + attempt);
            try {
                copyTo(image);
                return image;
            } catch (NoSuchFileException e) {
                LoggerFactory.getLogger(DeferralsCrashTest.class).info("copied once more: {}", e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void copyTo(Path image) throws IOException {
        Path home = root.resolve("home");
        for (Path file : FilesIn.folder(home)) {
            Path copy = image.resolve(home.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    @Test
    @DisplayName("P1, P4: after a kill -9 at any step of a move each delivery leaves once")
    void afterAKillAtAnyStepOfAMoveEachLeavesOnce() throws Exception {
        Steps steps = new Steps();
        try (WaitingRoom room = WaitingRoom.closed(root.resolve("home"), steps)) {
            room.put(Places.DEFERRED, TIMES);
            // for the start, the look, the round, each of the two deliveries, and the next round
            steps.copyAt(NOON, 6);
            room.start();
            await("all steps of sorting").until(steps::done);
            room.awaitSorted(TIMES.size());
            // for the look, the round, each of the two in its slot, the next round
            steps.copyAt(NOON.plusSeconds(12), 5);
            await("all steps of leaving").until(steps::done);
            room.awaitLeft(TIMES.size());
        }

        assertThat(steps.images).hasSize(11);
        for (Path image : steps.images) {
            try (WaitingRoom room = WaitingRoom.open(image, new MovableClock(NOON.plusSeconds(12)))) {
                await("all of " + image.getFileName())
                        .untilAsserted(
                                () -> assertThat(room.count(WaitingRoom.LANE)).isEqualTo(TIMES.size()));
                await("none waits any more").until(() -> room.waiting() == 0);
                assertThat(room.left())
                        .containsExactlyInAnyOrder(
                                TIMES.get(0).toString(), TIMES.get(1).toString());
            }
        }
    }
}
