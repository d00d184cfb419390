package org.mailchute.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.MovableClock;

@DisplayName("P7: a file is taken when we saw it unchanged for long enough")
class StabilityTest {
    private static final long OLD = 0;

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Stability stability;

    @BeforeEach
    void start() throws IOException {
        stability = of(Duration.ofSeconds(5));
    }

    private Stability of(Duration stableFor) throws IOException {
        return Stabilities.all(home.resolve("seen"), stableFor, clock);
    }

    @Test
    void aFileThatStaysHasWaitedSinceBeforeARestartUnlessItChanged() throws IOException {
        stability.ready("a", 10, OLD);
        stability.ready("b", 10, OLD);
        clock.move(Duration.ofHours(1));
        stability.ready("a", 10, OLD);
        stability.ready("b", 10, OLD);

        start();
        clock.move(Duration.ofHours(1));

        assertThat(stability.look("a", 10, OLD)).isEqualTo(Duration.ofHours(2));
        assertThat(stability.look("b", 11, OLD)).isZero();
        assertThat(stability.look("c", 10, OLD)).isZero();
    }

    @Test
    void theFirstLookIsNeverEnoughHoweverOldTheFileSaysItIs() {
        assertThat(stability.ready("a", 10, OLD)).isFalse();
    }

    @Test
    void unchangedForTheWholeTimeItIsReadyAndNotAMillisecondBefore() {
        stability.ready("a", 10, OLD);

        clock.move(Duration.ofMillis(4_999));
        assertThat(stability.ready("a", 10, OLD)).isFalse();
        clock.move(Duration.ofMillis(1));
        assertThat(stability.ready("a", 10, OLD)).isTrue();
    }

    @Test
    void growingShrinkingOrANewTimeStampBeginsTheWaitAnew() {
        stability.ready("a", 10, OLD);
        for (long[] change : List.of(new long[] {11, OLD}, new long[] {9, OLD}, new long[] {9, OLD + 1})) {
            clock.move(Duration.ofSeconds(5));
            assertThat(stability.ready("a", change[0], change[1])).isFalse();
        }
        clock.move(Duration.ofSeconds(5));
        assertThat(stability.ready("a", 9, OLD + 1)).isTrue();
    }

    @Test
    void anEmptyFileWaitsForEver() {
        stability.ready("a", 0, OLD);

        clock.move(Duration.ofDays(1));

        assertThat(stability.ready("a", 0, OLD)).isFalse();
    }

    @Test
    void oneFilesWaitIsNotAnothers() {
        stability.ready("a", 10, OLD);
        clock.move(Duration.ofSeconds(5));

        assertThat(stability.ready("b", 10, OLD)).isFalse();
        assertThat(stability.ready("a", 10, OLD)).isTrue();
    }

    @Test
    void withNoTimeToWaitAFileIsTakenAtTheFirstLook() throws IOException {
        assertThat(of(Duration.ZERO).ready("a", 10, OLD)).isTrue();
    }

    @Test
    void aClockSetBackBeginsTheWaitAnewInsteadOfStretchingIt() {
        stability.ready("a", 10, OLD);
        clock.move(Duration.ofHours(-1));
        stability.ready("a", 10, OLD);

        clock.move(Duration.ofSeconds(5));

        assertThat(stability.ready("a", 10, OLD)).isTrue();
    }

    @Test
    @DisplayName("P8: names that never come again do not pile up")
    void namesNotSeenForAWhileAreForgotten() {
        for (int number = 0; number < 200_000; number++) {
            stability.ready("scan-" + number, 10, OLD);
            clock.move(Duration.ofMillis(100));
        }

        assertThat(stability.remembered()).isBetween(1, 20_001);
    }

    @Test
    @DisplayName(
            "P8: of a folder that flows only so many files are remembered as fit, and all pass, however many they are")
    void whatFlowsPassesThoughOnlySomeAreRemembered() throws IOException {
        Stability some = Stabilities.some(
                home.resolve("others"), Duration.ofSeconds(5), clock, 100 * FolderRoom.remembered("scan-1000"));
        List<String> files = new ArrayList<>(
                IntStream.range(1_000, 3_000).mapToObj("scan-%d"::formatted).toList());
        while (!files.isEmpty()) {
            List<String> ready = files.stream()
                    .filter(some::hasRoomFor)
                    .filter(file -> some.ready(file, 10, OLD))
                    .toList();
            assertThat(some.remembered()).isBetween(1, 100);
            assertThat(some.isCrowded()).isFalse();
            ready.forEach(some::forget);
            files.removeAll(Set.copyOf(ready));
            clock.move(Duration.ofMinutes(1));
        }
    }

    @Test
    void aFolderOfManyFilesLookedAtRarelyIsStillTaken() {
        for (int number = 0; number < 10_000; number++) {
            assertThat(stability.ready("scan-" + number, 10, OLD)).isFalse();
        }
        clock.move(Duration.ofHours(1)); // the longest poll interval there is
        for (int number = 0; number < 10_000; number++) {
            assertThat(stability.ready("scan-" + number, 10, OLD)).isTrue();
        }
    }

    @Test
    void looksFromSeveralThreadsAreAllRemembered() throws Exception {
        ExecutorService pollers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> polls = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(poller -> pollers.submit(() -> IntStream.range(0, 2_000)
                            .forEach(number -> stability.ready(poller + "/" + number, 10, OLD))))
                    .toList();
            for (Future<?> poll : polls) {
                poll.get();
            }
        } finally {
            pollers.shutdown();
        }

        assertThat(stability.remembered()).isEqualTo(8_000);
    }
}
