package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.MovableClock;

@DisplayName("P6: the recipients of a mailbox in 24 hours are limited, across restarts")
class BudgetTest {
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();

    @Test
    void whatIsReservedIsGoneUntilTheLimitIsReached() throws IOException {
        Budget budget = open(10);
        assertThat(budget.reserve(7)).isEmpty();
        assertThat(budget.left()).isEqualTo(3);
        assertThat(budget.reserve(4)).isPresent();
        assertThat(budget.left()).as("a refused reservation takes nothing").isEqualTo(3);
        assertThat(budget.reserve(3)).isEmpty();
        assertThat(budget.left()).isZero();
    }

    @Test
    void aRefusalSaysWhenEnoughIsFreeAndThenItIs() throws IOException {
        Budget budget = open(10);
        Instant first = clock.instant();
        budget.reserve(4);
        clock.move(Duration.ofHours(1));
        budget.reserve(6);
        Instant free = budget.reserve(4).orElseThrow();
        assertThat(free)
                .isAfterOrEqualTo(first.plus(DAY))
                .isBefore(first.plus(DAY).plusSeconds(61));
        assertThat(budget.reserve(5).orElseThrow()).isAfter(free.plus(Duration.ofMinutes(58)));
        clock.set(free.minusSeconds(1));
        assertThat(budget.reserve(4)).isPresent();
        clock.set(free);
        assertThat(budget.reserve(4)).isEmpty();
    }

    @Test
    void whatWasNotSentIsGivenBack() throws IOException {
        Budget budget = open(10);
        budget.reserve(3);
        clock.move(Duration.ofMinutes(5));
        budget.reserve(7);
        budget.giveBack(5);
        assertThat(budget.left()).isEqualTo(5);
        budget.giveBack(4);
        budget.giveBack(0);
        assertThat(budget.left()).isEqualTo(9);
        assertThat(open(10).left()).isEqualTo(9);
        budget.giveBack(100);
        assertThat(budget.left()).as("never more than the limit").isEqualTo(10);
    }

    @Test
    void noMoreThanTheLimitIsEverReservedInAny24Hours() throws IOException {
        Random random = new Random(11);
        Budget budget = open(100);
        List<Instant> times = new ArrayList<>();
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            clock.move(Duration.ofSeconds(random.nextInt(3_600)));
            int recipients = 1 + random.nextInt(20);
            if (budget.reserve(recipients).isEmpty()) {
                times.add(clock.instant());
                sent.add(recipients);
            }
            if (random.nextInt(20) == 0) {
                budget = open(100);
            }
        }
        assertThat(sent).hasSizeGreaterThan(500);
        for (int i = 0; i < times.size(); i++) {
            int inWindow = 0;
            for (int j = i; j >= 0 && times.get(j).plus(DAY).isAfter(times.get(i)); j--) {
                inWindow += sent.get(j);
            }
            assertThat(inWindow).isLessThanOrEqualTo(100);
        }
    }

    @Test
    @DisplayName("P6: killed without a close, the budget knows all it gave out")
    void anAbandonedBudgetIsReadAgainWhole() throws IOException {
        Budget abandoned = open(1000);
        for (int i = 1; i <= 20; i++) {
            abandoned.reserve(i);
            clock.move(Duration.ofSeconds(40));
        }
        abandoned.giveBack(10);
        assertThat(open(1000).left()).isEqualTo(1000 - 200);
        assertThat(open(1000).left()).as("and again").isEqualTo(800);
    }

    @Test
    @DisplayName("P6: torn at any byte, the file gives back exactly the reservations that were whole")
    void tornAtAnyByteTheFileKeepsEveryWholeLine() throws IOException {
        Budget budget = open(100_000);
        int[] reserved = {123, 7, 4500, 1, 88};
        for (int recipients : reserved) {
            budget.reserve(recipients);
            clock.move(Duration.ofSeconds(1));
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(file(), torn);
            int lines = (int) new String(torn, StandardCharsets.US_ASCII)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            long expected = 100_000 - Arrays.stream(reserved).limit(lines).sum();
            try (Budget again = open(100_000)) {
                assertThat(again.left()).as("cut at byte %d", length).isEqualTo(expected);
                again.reserve(9);
            }
            try (Budget after = open(100_000)) {
                assertThat(after.left())
                        .as("the next line is not glued to the torn one")
                        .isEqualTo(expected - 9);
            }
        }
    }

    @Test
    void rubbishInTheFileIsSkipped() throws IOException {
        long now = clock.instant().getEpochSecond();
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "\u0000\u0000\n" + now + " 5\nhello\n\n99999999999999999999 1\n" + now + " 2\n");
        assertThat(open(10).left()).isEqualTo(3);
    }

    @Test
    void whatIsOlderThanADayIsNotReadAgain() throws IOException {
        open(10).reserve(10);
        clock.move(DAY.plusSeconds(61));
        assertThat(open(10).left()).isEqualTo(10);
        assertThat(file()).isEmptyFile();
    }

    @Test
    void aClockPutBackNeitherFreesBudgetNorLocksItForMoreThanADay() throws IOException {
        for (Duration back : List.of(Duration.ofSeconds(61), Duration.ofHours(5), Duration.ofDays(400))) {
            Files.deleteIfExists(file());
            Budget budget = open(10);
            budget.reserve(8);
            clock.move(back.negated());
            assertThat(budget.left()).isEqualTo(2);
            assertThat(open(10).left()).isEqualTo(2);
            assertThat(budget.reserve(3).orElseThrow())
                    .isBefore(clock.instant().plus(DAY).plusSeconds(61));
            budget.reserve(1);
            budget.giveBack(1);
            clock.move(DAY.plusSeconds(60));
            assertThat(budget.left()).isEqualTo(10);
            assertThat(open(10).left()).isEqualTo(10);
        }
    }

    @Test
    void theFileStaysShortHoweverMuchIsReserved() throws IOException {
        Budget budget = open(1_000_000);
        for (int i = 0; i < 50_000; i++) {
            budget.reserve(1);
        }
        assertThat(Files.readAllLines(file()).size()).isLessThanOrEqualTo(20_001);
        assertThat(open(1_000_000).left()).isEqualTo(950_000);
        assertThat(Files.readAllLines(file()).size()).isEqualTo(1);
    }

    @Test
    void withoutALimitNothingIsCountedAndNoFileMade() throws IOException {
        Budget budget = open(0);
        assertThat(budget.reserve(1_000_000)).isEmpty();
        budget.giveBack(5);
        assertThat(budget.left()).isEqualTo(Long.MAX_VALUE);
        assertThat(file().getParent()).doesNotExist();
    }

    @Test
    void moreThanTheWholeLimitAtOnceIsRefusedBecauseItWouldWaitForEver() throws IOException {
        Budget budget = open(10);
        assertThatThrownBy(() -> budget.reserve(11)).hasMessageContaining("limit of 10");
        assertThatThrownBy(() -> budget.reserve(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(budget.left()).isEqualTo(10);
    }

    @Test
    void whatCannotBeWrittenDownIsNotReserved() throws IOException {
        Budget budget = open(10);
        budget.close();
        assertThatThrownBy(() -> budget.reserve(1)).isInstanceOf(IOException.class);
        assertThat(budget.left()).isEqualTo(10);
    }

    @Test
    void manyThreadsTogetherGetTheLimitAndNotOneMore() throws Exception {
        Budget budget = open(1_000);
        Callable<Integer> sender = () -> {
            int got = 0;
            while (budget.reserve(3).isEmpty()) {
                got += 3;
            }
            return got;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int got = 0;
        for (Future<Integer> each : threads.invokeAll(List.of(sender, sender, sender, sender, sender, sender))) {
            got += each.get();
        }
        threads.shutdown();
        assertThat(got).isEqualTo(999);
        assertThat(open(1_000).left()).isEqualTo(1);
    }

    private Path file() {
        return folder.resolve("budget").resolve("lane.budget");
    }

    private Budget open(int limit) throws IOException {
        return Budget.open(file(), limit, clock);
    }
}
