package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.Turns.Turn;
import org.mailchute.reply.Ease;

@DisplayName("P6: one message after the other begins when its mailbox's minute has room")
class TurnsTest {
    @TempDir
    Path folder;

    private final Machine machine = new Machine();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        senders.shutdownNow();
    }

    private Allowance open(int perMinute, int perHour, int perDay) throws IOException {
        SendingLimits limits = new SendingLimits(2, perMinute, perHour, perDay, 500, 1_000);
        return Allowance.open(BudgetJournals.in(folder), "mailbox-a", limits, machine.clock, machine.uptime());
    }

    private CompletableFuture<Turn> next(Allowance allowance) {
        return CompletableFuture.supplyAsync(allowance.turns()::next, senders);
    }

    @Test
    void whoFindsNoRoomWaitsUntilThereIs() throws Exception {
        Allowance allowance = open(1, 0, 0);
        allowance.turns().next().end(true, false);
        CompletableFuture<Turn> second = next(allowance);
        machine.move(Duration.ofSeconds(60));
        await("the wait goes on").during(Duration.ofMillis(700)).until(() -> !second.isDone());
        machine.move(Duration.ofSeconds(1));
        second.join().end(true, false);
        assertThat(allowance.minute().left()).isZero();
    }

    @Test
    void firstComeFirstServed() throws Exception {
        Allowance allowance = open(1, 0, 0);
        allowance.turns().next().end(true, false);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            int me = number;
            waiting.add(next(allowance).thenAccept(turn -> {
                turn.end(true, false);
                served.add(me);
            }));
            await("in the queue").until(() -> allowance.turns().waiting() == me + 1);
        }
        for (int number = 1; number <= 4; number++) {
            int expected = number;
            machine.move(Duration.ofSeconds(61));
            await("the next").until(() -> served.size() == expected);
        }
        waiting.forEach(CompletableFuture::join);
        assertThat(served).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aTurnThatWasNotUsedIsFreeAtOnce() throws Exception {
        Allowance allowance = open(1, 0, 0);
        allowance.turns().next().end(false, false);
        assertThat(allowance.minute().left()).isEqualTo(1);
    }

    @Test
    @DisplayName("whoever waits is told at once when the gateway stops, and who need not wait still goes")
    void aStopEndsTheWaiting() throws Exception {
        Allowance allowance = open(1, 0, 0);
        Turn turn = allowance.turns().next();
        CompletableFuture<Turn> second = next(allowance);
        await("it waits").until(() -> allowance.turns().waiting() == 1);
        allowance.turns().end();
        assertThatThrownBy(second::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotNow.class)
                .hasMessageContaining("the gateway stops");
        turn.end(false, false);
        allowance.turns().next().end(true, false);
    }

    @Test
    void aSpentHourIsNotWaitedForAndSaysUntilWhen() throws Exception {
        Allowance allowance = open(0, 2, 0);
        allowance.turns().next().end(true, false);
        machine.move(Duration.ofMinutes(10));
        allowance.turns().next().end(true, false);
        assertThatThrownBy(() -> allowance.turns().next()).isInstanceOfSatisfying(NotNow.class, spent -> {
            assertThat(spent.spent()).isTrue();
            assertThat(spent.until().orElseThrow())
                    .isBetween(
                            machine.clock.instant().plus(Duration.ofMinutes(50)),
                            machine.clock.instant().plus(Duration.ofMinutes(51)));
        });
        assertThat(allowance.hindrance(1)).isPresent();
        machine.move(Duration.ofMinutes(51));
        assertThat(allowance.hindrance(1)).isEmpty();
        allowance.turns().next().end(true, false);
    }

    @Test
    void whatCannotBeNotedIsNotSent() throws Exception {
        Allowance allowance = open(10, 0, 10);
        allowance.minute().close();
        assertThatThrownBy(() -> allowance.turns().next())
                .isInstanceOf(NotNow.class)
                .hasMessageContaining("cannot be noted");
        allowance.recipients().close();
        assertThatThrownBy(() -> allowance.begin(1)).isInstanceOf(NotNow.class);
    }

    @Test
    void aComplaintAboutTheRateMakesTheMinuteSmaller() throws Exception {
        Allowance allowance = open(30, 0, 0);
        allowance.pace().ease(Ease.RATE);
        for (int number = 0; number < 12; number++) {
            allowance.turns().next().end(true, false);
        }
        CompletableFuture<Turn> thirteenth = next(allowance);
        await("two of five").during(Duration.ofMillis(700)).until(() -> !thirteenth.isDone());
        machine.move(Duration.ofSeconds(61));
        thirteenth.join();
    }

    @Test
    void anExpenseEndsWhateverBecameOfTheAttempt() throws Exception {
        Allowance allowance = open(30, 0, 100);
        try (Expense forgotten = allowance.begin(7)) {
            forgotten.turn();
        }
        assertThat(allowance.recipients().left())
                .as("nobody said what came of it")
                .isEqualTo(93);
        try (Expense withoutTurn = allowance.begin(7)) {
            assertThat(allowance.recipients().left()).isEqualTo(86);
        }
        assertThat(allowance.recipients().left()).as("no word was said").isEqualTo(93);
        try (Expense refused = allowance.begin(7)) {
            refused.turn();
            refused.came(2, true, false);
        }
        assertThat(allowance.recipients().left()).isEqualTo(91);
        assertThat(allowance.minute().left()).isEqualTo(28);
    }

    @Test
    void aSecondMailForTheSameMessageIsAMessageToTheServer() throws Exception {
        Allowance allowance = open(30, 0, 0);
        try (Expense expense = allowance.begin(1)) {
            expense.turn();
            expense.turn();
            expense.came(0, false, false);
        }
        assertThat(allowance.minute().left()).as("the second was never said").isEqualTo(29);
    }

    /** Two senders side by side, a second for each message, always more to send. */
    @Test
    @DisplayName("P6: at least 29 of 30 messages a minute leave over an hour")
    void theWholeMinuteIsUsed() throws Exception {
        Budget minute = open(30, 0, 0).minute();
        long[] busyUntil = new long[2];
        Budget.Spending[] sending = new Budget.Spending[2];
        int sent = 0;
        for (long now = 0; now < Duration.ofHours(1).toMillis(); now += 10) {
            for (int sender = 0; sender < 2; sender++) {
                if (sending[sender] != null && busyUntil[sender] <= now) {
                    sending[sender].end(1, false);
                    sending[sender] = null;
                    sent++;
                }
                if (sending[sender] == null) {
                    sending[sender] = minute.take(1).orElse(null);
                    busyUntil[sender] = now + 1_000;
                }
            }
            machine.move(Duration.ofMillis(10));
        }
        assertThat(sent).isBetween(29 * 60, 30 * 60);
    }
}
