package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.Budget.Spending;
import org.mailchute.testing.LogLines;

@DisplayName("P6: what a mailbox may send in a sliding time is limited, across restarts")
class BudgetTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Of one message, one after the other. */
    private static final int[] SENT = {123, 7, 4500, 1, 88};

    @TempDir
    Path folder;

    private final Machine machine = new Machine();

    @Test
    void whatIsTakenIsGoneUntilTheLimitIsReached() throws IOException {
        Budget budget = open(10);
        send(budget, 7);
        assertThat(budget.left()).isEqualTo(3);
        assertThat(budget.take(4)).isEmpty();
        assertThat(budget.left()).as("a refusal takes nothing").isEqualTo(3);
        send(budget, 3);
        assertThat(budget.left()).isZero();
    }

    @Test
    void aRefusalSaysWhenThereIsRoomAndThenThereIs() throws IOException {
        Budget budget = open(10);
        Instant first = machine.clock.instant();
        send(budget, 4);
        machine.move(Duration.ofHours(1));
        send(budget, 6);
        Instant free = budget.whenFree(4).orElseThrow();
        assertThat(free)
                .isAfterOrEqualTo(first.plus(DAY))
                .isBefore(first.plus(DAY).plusSeconds(61));
        assertThat(budget.whenFree(5).orElseThrow()).isAfter(free.plus(Duration.ofMinutes(58)));
        assertThat(budget.nextFree()).isEqualTo(free);
        machine.move(Duration.between(machine.clock.instant(), free.minusSeconds(1)));
        assertThat(budget.take(4)).isEmpty();
        machine.move(Duration.ofSeconds(1));
        assertThat(budget.whenFree(4)).isEmpty();
        assertThat(budget.nextFree()).isEqualTo(machine.clock.instant());
        assertThat(budget.take(4)).isPresent();
    }

    @Test
    @DisplayName("P6: a message counts from its end, since nobody knows when between its ends the server counts it")
    void aMessageCountsAllTheTimeItIsUnderWayAndFromItsEndOn() throws IOException {
        Budget budget = open(1, MINUTE);
        Spending slow = budget.take(1).orElseThrow();
        machine.move(Duration.ofMinutes(9));
        assertThat(budget.left()).as("under way").isZero();
        slow.end(1, false);
        machine.move(MINUTE);
        assertThat(budget.left()).as("the clocks may differ a little").isZero();
        machine.move(Duration.ofMillis(300));
        assertThat(budget.left()).isEqualTo(1);
    }

    @Test
    void oneThatWasNotAnsweredMayYetArrive() throws IOException {
        Budget budget = open(1, MINUTE);
        budget.take(1).orElseThrow().end(1, true);
        machine.move(Duration.ofSeconds(119));
        assertThat(budget.left()).isZero();
        assertThat(open(1, MINUTE).left()).as("nor after a kill").isZero();
        machine.move(Duration.ofSeconds(2));
        assertThat(budget.left()).isEqualTo(1);
        assertThat(open(1, MINUTE).left()).isEqualTo(1);
    }

    @Test
    void whatWasNotUsedIsFreeAtOnceAndAnEndCountsOnlyOnce() throws IOException {
        Budget budget = open(10);
        Spending spending = budget.take(7).orElseThrow();
        spending.end(2, false);
        spending.end(7, false);
        assertThat(budget.left()).isEqualTo(8);
        assertThat(open(10).left()).isEqualTo(8);
    }

    @Test
    @DisplayName("P6: killed without a close, the budget knows all it gave out")
    void anAbandonedBudgetIsReadAgainWhole() throws IOException {
        Budget abandoned = open(1000);
        for (int i = 1; i <= 20; i++) {
            send(abandoned, i);
            machine.move(Duration.ofSeconds(40));
        }
        abandoned.take(10);
        assertThat(open(1000).left()).isEqualTo(1000 - 220);
        assertThat(open(1000).left()).as("and again").isEqualTo(780);
    }

    @Test
    @DisplayName("P6: what was under way at a kill counts from the restart")
    void whatWasUnderWayAtAKillMayHaveEndedOnlyNow() throws IOException {
        open(1, MINUTE).take(1);
        machine.move(Duration.ofHours(1));
        Budget again = open(1, MINUTE);
        machine.move(MINUTE);
        assertThat(again.left()).isZero();
        machine.move(Duration.ofSeconds(61));
        assertThat(again.left())
                .as("a minute more for what lay in the dead process' buffers")
                .isEqualTo(1);
    }

    @Test
    @DisplayName("P6: torn at any byte, the file still counts every whole line")
    void tornAtAnyByteTheFileKeepsEveryWholeLine() throws IOException {
        Budget budget = open(100_000);
        for (int recipients : SENT) {
            send(budget, recipients);
            machine.move(Duration.ofSeconds(1));
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(file(), torn);
            long takes = new String(torn, StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith("take "))
                    .count();
            int begun = (int) (lastIsTorn(torn, "take ") ? takes - 1 : takes);
            long expected = 100_000 - Arrays.stream(SENT).limit(begun).sum();
            try (Budget again = open(100_000)) {
                assertThat(again.left()).as("cut at byte %d", length).isEqualTo(expected);
                send(again, 9);
            }
            try (Budget after = open(100_000)) {
                assertThat(after.left())
                        .as("the next line is not glued to the torn one")
                        .isEqualTo(expected - 9);
            }
        }
    }

    private static boolean lastIsTorn(byte[] torn, String verb) {
        String text = new String(torn, StandardCharsets.US_ASCII);
        return text.substring(text.lastIndexOf('\n') + 1).startsWith(verb);
    }

    @Test
    void rubbishInTheFileIsSkipped() throws IOException {
        send(open(10), 4);
        String good = Files.readString(file());
        Files.writeString(
                file(), "\u0000\u0000\n" + good + "hello\n\nend 5\nkept x 1\nkept 99999999999999999999 1\nrun\ntake 7");
        assertThat(open(10).left()).isEqualTo(6);
    }

    @Test
    void whatIsOlderThanADayIsNotReadAgain() throws IOException {
        send(open(10), 10);
        machine.move(DAY.plusSeconds(61));
        assertThat(open(10).left()).isEqualTo(10);
        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    @DisplayName("P6: a step of the clock frees nothing and locks nothing")
    void aClockThatIsSetChangesNothing() throws IOException {
        for (Duration step : List.of(Duration.ofHours(-5), Duration.ofHours(25), Duration.ofDays(-400))) {
            Files.deleteIfExists(file());
            Budget budget = open(10);
            send(budget, 8);
            machine.clock.move(step);
            assertThat(budget.left()).isEqualTo(2);
            assertThat(open(10).left()).as("after a restart").isEqualTo(2);
            assertThat(budget.whenFree(3).orElseThrow())
                    .isBetween(
                            machine.clock.instant().plus(DAY),
                            machine.clock.instant().plus(DAY).plusSeconds(61));
            machine.move(DAY.plusSeconds(61));
            assertThat(open(10).left()).isEqualTo(10);
        }
    }

    @Test
    @DisplayName("P6: after a power cut, when lines may be missing, a minute counts as full")
    void afterAPowerCutAMinuteIsWaitedOut() throws IOException {
        send(open(30, MINUTE), 1);
        machine.restart(Duration.ofDays(1));
        Budget again = open(30, MINUTE);
        assertThat(again.left()).isZero();
        machine.move(Duration.ofSeconds(61));
        assertThat(again.left()).isEqualTo(30);
    }

    @Test
    void afterACleanEndAndARestartOfTheMachineAMinuteGoesOnWhereItWas() throws IOException {
        try (Budget budget = open(30, MINUTE)) {
            send(budget, 20);
            machine.move(Duration.ofSeconds(50));
            send(budget, 3);
        }
        machine.restart(Duration.ofDays(1));
        Budget again = open(30, MINUTE);
        assertThat(again.left()).as("its clock may be wrong").isEqualTo(7);
        machine.move(Duration.ofSeconds(11));
        assertThat(again.left()).isEqualTo(27);
    }

    @Test
    void aDayGoesOnByTheClockWhileTheMachineIsOff() throws IOException {
        send(open(10), 6);
        machine.restart(Duration.ofHours(10));
        Budget again = open(10);
        send(again, 3);
        machine.move(Duration.ofHours(14).minusSeconds(1));
        assertThat(again.left()).isEqualTo(1);
        machine.move(Duration.ofSeconds(62));
        assertThat(again.left()).isEqualTo(7);
    }

    @Test
    void aClockThatWentBackWhileTheMachineWasOffFreesNothing() throws IOException {
        send(open(10), 6);
        machine.restart(Duration.ofDays(-3));
        Budget again = open(10);
        machine.move(DAY.minusSeconds(1));
        assertThat(again.left()).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "P6: where no machine start is known, a process that did not end as it should is followed by a full minute")
    void aMachineThatDoesNotTellItsStartsIsNeverGivenTheBenefitOfTheDoubt() throws IOException {
        machine.unknown();
        Budget killed = open(30, MINUTE);
        send(killed, 1);
        machine.move(Duration.ofHours(1));
        assertThat(open(30, MINUTE).left()).isZero();
    }

    @Test
    void theFileStaysShortHoweverMuchIsTaken() throws IOException {
        Budget budget = open(1_000_000);
        for (int i = 0; i < 50_000; i++) {
            send(budget, 1);
        }
        assertThat(Files.readAllLines(file()).size()).isLessThanOrEqualTo(20_002);
        assertThat(open(1_000_000).left()).isEqualTo(950_000);
        assertThat(Files.readAllLines(file()).size()).isEqualTo(2);
    }

    @Test
    void shorteningTheFileForgetsNothingThatIsUnderWay() throws IOException {
        Budget budget = open(1_000_000);
        budget.take(500);
        for (int i = 0; i < 15_000; i++) {
            send(budget, 1);
        }
        assertThat(open(1_000_000).left()).isEqualTo(1_000_000 - 15_500);
    }

    @Test
    void withoutALimitNothingIsCountedAndNoFileMade() throws IOException {
        Budget budget = open(0);
        budget.take(1_000_000).orElseThrow().end(5, false);
        assertThat(budget.left()).isEqualTo(Long.MAX_VALUE);
        assertThat(budget.whenFree(1_000_000)).isEmpty();
        budget.close();
        assertThat(file().getParent()).doesNotExist();
    }

    @Test
    void moreThanTheWholeLimitAtOnceIsRefusedBecauseItWouldWaitForEver() throws IOException {
        Budget budget = open(10);
        assertThatThrownBy(() -> budget.take(11)).hasMessageContaining("limit of 10");
        assertThatThrownBy(() -> budget.take(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(budget.left()).isEqualTo(10);
    }

    @Test
    void whatCannotBeWrittenDownIsNotTaken() throws IOException {
        Budget budget = open(10);
        Spending earlier = budget.take(1).orElseThrow();
        budget.close();
        assertThatThrownBy(() -> budget.take(1)).isInstanceOf(IOException.class);
        assertThat(budget.left()).isEqualTo(9);
        earlier.end(0, false);
        assertThat(budget.left()).as("in memory it has ended").isEqualTo(10);
        assertThat(open(10).left())
                .as("after a restart too much counts, not too little")
                .isEqualTo(9);
    }

    @Test
    void manyThreadsTogetherGetTheLimitAndNotOneMore() throws Exception {
        Budget budget = open(1_000);
        Callable<Integer> sender = () -> {
            int got = 0;
            for (Optional<Spending> next = budget.take(3); next.isPresent(); next = budget.take(3)) {
                next.get().end(3, false);
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

    private static void send(Budget budget, int recipients) throws IOException {
        budget.take(recipients).orElseThrow().end(recipients, false);
    }

    private Path file() {
        return folder.resolve("budget").resolve("mailbox.day");
    }

    @Test
    @DisplayName("P6: what a spoilt note does not tell counts as a full minute, and is told once")
    void aSpoiltMinuteCountsAsFull() throws IOException {
        try (Budget budget = open(10, MINUTE)) {
            send(budget, 3);
        }
        byte[] noted = Files.readAllBytes(file());
        Arrays.fill(noted, noted.length / 2, noted.length / 2 + 9, (byte) 0);
        Files.write(file(), noted);
        try (LogLines log = LogLines.of(BudgetFile.class.getName())) {
            assertThat(open(10, MINUTE).left()).isZero();
            assertThat(open(10, MINUTE).left()).as("still").isZero();
            assertThat(log.lines()).singleElement().asString().contains("cannot be read", "full once");
        }
        machine.move(MINUTE.plusSeconds(61));
        assertThat(open(10, MINUTE).left()).isEqualTo(10);
    }

    private Budget open(int limit) throws IOException {
        return open(limit, DAY);
    }

    private Budget open(int limit, Duration window) throws IOException {
        return Budget.open(
                BudgetJournals.in(folder.resolve("budget")),
                "mailbox.day",
                limit,
                window,
                machine.clock,
                machine.uptime());
    }
}
