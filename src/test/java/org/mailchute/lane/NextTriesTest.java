package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.lane.Lanes.deferred;
import static org.mailchute.lane.Lanes.paths;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.deferred.Deferrals;
import org.mailchute.deferred.Places;
import org.mailchute.reply.Ease;
import org.mailchute.reply.Option;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;
import org.mailchute.testing.MovableClock;

class NextTriesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private final Instant now = clock.instant();
    private Lanes lanes;
    private Lane lane;

    @BeforeEach
    void open() throws IOException {
        lanes = new Lanes(home, clock);
        lane = lanes.relay("relay");
    }

    private NextTry next(Waits waits, Attempt attempt, Outcome outcome) {
        return new NextTries(Lanes::retries, lanes.nextHops(), waits, clock)
                .of(attempt, new Part(outcome, attempt.recipients()));
    }

    private NextTry next(Attempt attempt, Outcome outcome) {
        return next(Waits.SHELVED, attempt, outcome);
    }

    private Attempt before(int attempts, Ticket ticket) {
        return lanes.attempt(lane, attempts, false, ticket);
    }

    @Test
    void aRetryWaitsAsTheScheduleSaysAndCounts() {
        NextTry next = next(lanes.attempt(lane, "anna"), deferred(Scope.MESSAGE, Action.RETRY));

        assertThat(next.time()).isEqualTo(now.plus(MINUTE));
        assertThat(next.check().attempts()).isEqualTo(1);
        assertThat(next.check().uncertain()).isFalse();
        assertThat(next.instead()).isEmpty();
        assertThat(next.place().queue()).isEqualTo(Places.DEFERRED);
        assertThat(next.place().headers())
                .containsEntry(Deferrals.DUE, next.time().toEpochMilli())
                .containsEntry(Deferrals.LANE, "relay")
                .containsEntry(Deferrals.OPTION, lane.option())
                .doesNotContainKey(Deferrals.FOR_LANE);
    }

    @Test
    void atABrokerOfOthersItWaitsInItsLaneForADeliveryDelay() {
        NextTry next = next(Waits.IN_LANE, lanes.attempt(lane, "anna"), deferred(Scope.MESSAGE, Action.RETRY));

        assertThat(next.place().queue()).isEqualTo(lane.queue());
        assertThat(next.place().headers())
                .containsOnly(java.util.Map.entry(Waits.SCHEDULED, next.time().toEpochMilli()));
    }

    @Test
    void onlyTheRecipientsOfThePartGoOn() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");
        NextTries tries = new NextTries(Lanes::retries, lanes.nextHops(), Waits.SHELVED, clock);

        NextTry next = tries.of(attempt, new Part(deferred(Scope.MESSAGE, Action.RETRY), paths("bert")));

        assertThat(next.check().recipients()).isEqualTo(paths("bert"));
    }

    @Test
    void whatTheServerAsksForIsWaitedAtTheLeast() {
        Verdict verdict = new Verdict(
                Scope.MESSAGE, Action.RETRY, "", "", Set.of(), Ease.NOTHING, Duration.ofMinutes(7), Optional.empty());

        NextTry next = next(lanes.attempt(lane, "anna"), new Outcome.Deferred(Reply.none(""), verdict));

        assertThat(next.time()).isEqualTo(now.plus(Duration.ofMinutes(7)));
    }

    @Test
    @DisplayName("P3: an uncertain delivery is marked, and waits ten minutes before it may be sent twice")
    void anUncertainDeliveryWaitsAndIsMarked() {
        NextTry next = next(lanes.attempt(lane, "anna"), deferred(Scope.MESSAGE, Action.UNCERTAIN));

        assertThat(next.time()).isEqualTo(now.plus(Lanes.UNCERTAIN));
        assertThat(next.check().uncertain()).isTrue();
    }

    @Test
    void anUncertainOneAtTheEndOfTheScheduleHasOneMoreTry() {
        Attempt attempt = before(2, lanes.ticket(Wishes.NONE, "anna"));

        assertThat(next(attempt, deferred(Scope.MESSAGE, Action.UNCERTAIN)).time())
                .isEqualTo(now.plus(Lanes.UNCERTAIN));
    }

    @Test
    void whatIsRecalledHasWaitedSinceItsFinalDotLeft() {
        Attempt attempt = lanes.attempt(lane, "anna");
        attempt.recalls(now.minus(Duration.ofMinutes(4)));
        NextTry next = next(attempt, deferred(Scope.MESSAGE, Action.UNCERTAIN));
        assertThat(next.time()).isEqualTo(now.plus(Duration.ofMinutes(6)));

        attempt.recalls(now.minus(Duration.ofHours(1)));
        NextTry atOnce = next(attempt, deferred(Scope.MESSAGE, Action.UNCERTAIN));
        assertThat(atOnce.place()).isEqualTo(Waits.Place.of(lane));

        attempt.recalls(now.plus(Duration.ofHours(1))); // a clock that was set back
        assertThat(next(attempt, deferred(Scope.MESSAGE, Action.UNCERTAIN)).time())
                .isEqualTo(now.plus(Lanes.UNCERTAIN));
    }

    @Test
    @DisplayName("P5: what waits for its lane uses up no life, and leaves when the lane opens")
    void whatWaitsForItsLaneUsesUpNoLife() {
        Attempt attempt = lanes.attempt(lane, "anna");
        attempt.waitsForItsLane(now.plus(MINUTE));

        NextTry next = next(attempt, deferred(Scope.SESSION, Action.HOLD));

        assertThat(next.check()).isEqualTo(attempt.check());
        assertThat(next.time()).isEqualTo(now.plus(MINUTE));
        assertThat(next.place().queue()).isEqualTo(Places.lane("relay"));
        assertThat(next.place().headers()).containsEntry(Deferrals.FOR_LANE, true);
    }

    @Test
    void whatHasAnEndWaitsForItsLaneUntilThenAtTheLongest() {
        Instant end = now.plusSeconds(30);
        Attempt attempt = before(0, lanes.ticket(Lanes.endsAt(end), "anna"));
        attempt.waitsForItsLane(now.plus(MINUTE));
        Outcome held = deferred(Scope.SESSION, Action.HOLD);

        Waits.Place shelf = next(attempt, held).place();
        assertThat(next(attempt, held).time()).isEqualTo(end);
        assertThat(shelf.queue()).isEqualTo(Places.DEFERRED);
        assertThat(shelf.headers())
                .containsEntry(Deferrals.DUE, end.toEpochMilli())
                .containsEntry(Deferrals.FOR_LANE, true);

        assertThat(next(Waits.IN_LANE, attempt, held).place().headers())
                .containsEntry(Waits.SCHEDULED, end.toEpochMilli());
    }

    @Test
    void whatExpiresBeforeItsRetryIsLookedAtThen() {
        Instant end = now.plusSeconds(30);
        Attempt attempt = before(0, lanes.ticket(Lanes.endsAt(end), "anna"));

        assertThat(next(attempt, deferred(Scope.MESSAGE, Action.RETRY)).time()).isEqualTo(end);
    }

    @Test
    void whatHasExpiredIsLookedAtAtOnce() {
        Attempt attempt = before(0, lanes.ticket(Lanes.endsAt(now.minusSeconds(1)), "anna"));

        NextTry next = next(attempt, deferred(Scope.MESSAGE, Action.RETRY));

        assertThat(next.time()).isEqualTo(now);
        assertThat(next.place()).isEqualTo(Waits.Place.of(lane));
    }

    @Test
    void aSpentBudgetIsAskedAgainWhenThereIsRoom() {
        Attempt attempt = lanes.attempt(lane, "anna");
        Outcome spent = deferred(Scope.SESSION, Action.PAUSE);
        attempt.withheld(spent, Optional.of(now.plus(Duration.ofHours(3))));

        assertThat(next(attempt, spent).time()).isEqualTo(now.plus(Duration.ofHours(3)));
        assertThat(next(attempt, spent).place().headers()).doesNotContainKey(Deferrals.FOR_LANE);
    }

    @Test
    void aPauseOfOneRecipientLastsHalfAnHourAndNoOtherLaneTakesOver() throws IOException {
        lanes.relay("other");

        NextTry next = next(lanes.attempt(lane, "anna"), deferred(Scope.RECIPIENT, Action.PAUSE, Option.values()));

        assertThat(next.time()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        assertThat(next.check().attempts()).isZero();
        assertThat(next.instead()).isEmpty();
    }

    @Test
    @DisplayName("P5: another lane takes over at once where the reason allows it")
    void anotherLaneTakesOverAtOnce() throws IOException {
        Lane other = lanes.relay("other");
        Attempt attempt = lanes.attempt(lane, "anna");
        attempt.waitsForItsLane(now.plus(MINUTE));

        NextTry next = next(attempt, deferred(Scope.SESSION, Action.HOLD, Option.RELAY));

        assertThat(next.instead()).contains("other");
        assertThat(next.check()).isEqualTo(attempt.check().over("other"));
        assertThat(next.time()).isEqualTo(now);
        assertThat(next.place()).isEqualTo(Waits.Place.of(other));
    }

    @Test
    void afterABlockForAbuseNoOtherLaneTakesOver() throws IOException {
        lanes.relay("other");

        assertThat(next(lanes.attempt(lane, "anna"), deferred(Scope.SESSION, Action.HOLD))
                        .instead())
                .isEmpty();
    }
}
