package org.mailchute.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.LaneState.Held;
import org.mailchute.limits.LaneState.Open;
import org.mailchute.limits.LaneState.Paused;
import org.mailchute.reply.Ease;
import org.mailchute.reply.Lasting;
import org.mailchute.reply.Option;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.testing.MovableClock;

@DisplayName("P5: a fault of the route stops the lane, and the lane's state survives a restart")
class LaneBookTest {
    private static final String LANE = "submission-1";
    private static final Verdict LOGIN_REFUSED = new Verdict(Scope.SESSION, Action.HOLD, "Login refused.", "Fix it.");
    private static final Verdict ADDRESS_BLOCKED = new Verdict(Scope.SESSION, Action.HOLD, "Blocked.", "Delist it.");
    private static final Verdict DAY_IS_FULL = new Verdict(Scope.SENDER, Action.PAUSE, "Day is full.", "");
    private static final Duration PAUSE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private LaneBook book;

    @BeforeEach
    void open() throws IOException {
        book = restarted(Duration.ofMinutes(15));
    }

    @Test
    void aLaneNothingWasSaidOfIsOpen() throws IOException {
        assertThat(book.state(LANE)).isEqualTo(new Open());
        assertThat(book.mayRun(LANE)).isTrue();
        assertThat(book.succeeded(LANE)).as("no news").isFalse();
        assertThat(folder.resolve("lanes")).isEmptyDirectory();
    }

    @Test
    void aPausedLaneWaitsForItsTimeAndGoesOnByItself() throws IOException {
        Instant until = clock.instant().plus(Duration.ofHours(3));
        assertThat(book.stop(LANE, DAY_IS_FULL, Optional.of(until))).isTrue();
        assertThat(book.nextRun(LANE)).isEqualTo(until);
        clock.set(until.minusMillis(1));
        assertThat(book.mayRun(LANE)).isFalse();
        clock.set(until);
        assertThat(book.mayRun(LANE)).isTrue();
        assertThat(book.succeeded(LANE)).isTrue();
        assertThat(book.state(LANE)).isEqualTo(new Open());
    }

    @Test
    void eachOpeningIsCountedThoughTheLaneIsAsItWas() {
        book.holdByHand(LANE, "anna");
        book.release(LANE);
        book.holdByHand(LANE, "anna");
        book.release(LANE);
        book.release(LANE);
        assertThat(book.openings(LANE)).isEqualTo(2);
    }

    @Test
    void aPauseWithoutATimeLastsTheDefault() throws IOException {
        book.stop(LANE, DAY_IS_FULL, Optional.empty());
        assertThat(book.state(LANE))
                .isEqualTo(new Paused(clock.instant().plus(PAUSE), "Day is full.", "", Set.of(), 1));
    }

    @Test
    @DisplayName(
            "P5: one timed-out token does not stop the lane for minutes; a cause that stays makes its pauses longer")
    void aPauseThatBeginsShortGrowsWhileItsCauseStays() throws IOException {
        Verdict noToken = new Verdict(
                Scope.SESSION,
                Action.PAUSE,
                "No token.",
                "Wait.",
                Set.of(),
                Ease.NOTHING,
                Duration.ofSeconds(20),
                Optional.empty());
        for (int seconds : new int[] {20, 40, 80, 160, 320, 600, 600}) {
            Instant end = clock.instant().plusSeconds(seconds);
            assertThat(book.stop(LANE, noToken, Optional.empty())).isTrue();
            assertThat(book.nextRun(LANE)).isEqualTo(end);
            assertThat(book.stop(LANE, noToken, Optional.empty()))
                    .as("the other session")
                    .isFalse();
            assertThat(book.nextRun(LANE)).isEqualTo(end);
            clock.set(end);
            book = restarted(Duration.ofMinutes(15));
        }
        book.succeeded(LANE);
        book.stop(LANE, noToken, Optional.empty());
        assertThat(book.nextRun(LANE))
                .as("from the beginning")
                .isEqualTo(clock.instant().plusSeconds(20));
        clock.move(Duration.ofSeconds(20));
        book.stop(LANE, DAY_IS_FULL, Optional.empty());
        assertThat(book.nextRun(LANE))
                .as("of another cause")
                .isEqualTo(clock.instant().plus(PAUSE));
    }

    @Test
    void aSecondPauseWhileTheFirstLastsIsNoNewsAndNeverShortensIt() throws IOException {
        Instant until = clock.instant().plus(Duration.ofHours(3));
        book.stop(LANE, DAY_IS_FULL, Optional.of(until));
        assertThat(book.stop(LANE, DAY_IS_FULL, Optional.empty())).isFalse();
        assertThat(book.nextRun(LANE)).isEqualTo(until);
        clock.set(until);
        assertThat(book.stop(LANE, DAY_IS_FULL, Optional.empty()))
                .as("a new pause")
                .isTrue();
    }

    @Test
    void aHeldLaneIsProbedAfter1And2And5And10AndThenEvery15Minutes() throws IOException {
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        for (int minutes : new int[] {1, 2, 5, 10, 15, 15, 15}) {
            clock.move(Duration.ofMinutes(minutes).minusMillis(1));
            assertThat(book.mayRun(LANE)).isFalse();
            clock.move(Duration.ofMillis(1));
            assertThat(book.nextRun(LANE)).isEqualTo(clock.instant());
            assertThat(book.mayRun(LANE)).as("the probe").isTrue();
            assertThat(book.mayRun(LANE)).as("one probe only").isFalse();
            assertThat(book.stop(LANE, LOGIN_REFUSED, Optional.empty())).isFalse();
        }
    }

    @Test
    void probesAreNeverFurtherApartThanTheCap() throws IOException {
        book = restarted(Duration.ofSeconds(90));
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        for (int seconds : new int[] {60, 90, 90, 90}) {
            clock.move(Duration.ofSeconds(seconds));
            assertThat(book.mayRun(LANE)).isTrue();
        }
    }

    @Test
    void deliveriesUnderWayWhenTheLaneWasHeldDoNotPutTheProbeOff() throws IOException {
        assertThat(book.stop(LANE, LOGIN_REFUSED, Optional.empty())).isTrue();
        Instant probe = book.nextRun(LANE);
        clock.move(Duration.ofSeconds(30));
        assertThat(book.stop(LANE, LOGIN_REFUSED, Optional.empty())).isFalse();
        assertThat(book.stop(LANE, ADDRESS_BLOCKED, Optional.empty()))
                .as("another cause")
                .isTrue();
        assertThat(book.nextRun(LANE)).isEqualTo(probe);
        assertThat(book.state(LANE)).isInstanceOfSatisfying(Held.class, held -> {
            assertThat(held.cause()).isEqualTo("Blocked.");
            assertThat(held.remedy()).isEqualTo("Delist it.");
            assertThat(held.since()).isEqualTo(clock.instant().minusSeconds(30));
        });
    }

    @Test
    void aProbeThatSucceedsOpensTheLaneAndTheNextHoldBeginsAnew() throws IOException {
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        clock.move(Duration.ofMinutes(1));
        book.mayRun(LANE);
        assertThat(book.succeeded(LANE)).isTrue();
        assertThat(book.mayRun(LANE)).isTrue();
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        assertThat(book.nextRun(LANE)).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void oneLaneHeldLeavesTheOthersOpen() throws IOException {
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        assertThat(book.mayRun("relay")).isTrue();
        assertThat(book.states()).containsOnlyKeys(LANE);
    }

    @Test
    void afterARestartEveryLaneIsAsItWas() throws IOException {
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        book.stop("relay", DAY_IS_FULL, Optional.empty());
        book.stop("direct", DAY_IS_FULL, Optional.empty());
        book.succeeded("direct");
        clock.move(Duration.ofMinutes(1));
        book.mayRun(LANE);
        assertThat(restarted(Duration.ofMinutes(15)).states())
                .isEqualTo(book.states())
                .hasSize(3);
        assertThat(LaneFiles.read(folder.resolve("lanes"))).isEqualTo(book.states());
    }

    @Test
    void theFileIsReplacedAsAWholeAndReadable() throws IOException {
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        assertThat(folder.resolve("lanes")).isDirectoryContaining("glob:**/" + LANE + ".json");
        assertThat(folder.resolve("lanes").toFile().list()).containsExactly(LANE + ".json");
        assertThat(folder.resolve("lanes/" + LANE + ".json"))
                .content()
                .contains("\"state\" : \"held\"", "\"Fix it.\"", "2026-11-23T12:01:00Z");
    }

    @Test
    void aStateThatCannotBeReadCountsAsOpenAtAnyLengthItWasCutTo() throws IOException {
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        Path file = folder.resolve("lanes/" + LANE + ".json");
        String whole = Files.readString(file);
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(restarted(PAUSE).state(LANE)).isEqualTo(new Open());
        }
    }

    @Test
    void onlyAPauseOrAHoldStopsALane() {
        for (Action action : List.of(Action.ACCEPT, Action.RETRY, Action.REJECT, Action.UNCERTAIN)) {
            Verdict verdict = new Verdict(Scope.MESSAGE, action, "", "");
            assertThatThrownBy(() -> book.stop(LANE, verdict, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("P9: a lane's name never leads out of the folder")
    void aLanesNameNeverLeadsOutOfTheFolder() {
        for (String name : List.of("../lane", "a/b", "a\\b", "", "a.b", "a\u0000")) {
            assertThatThrownBy(() -> book.stop(name, LOGIN_REFUSED, Optional.empty()))
                    .hasMessageContaining("letters, digits");
            assertThat(book.state(name)).isEqualTo(new Open());
        }
    }

    @Test
    void whateverHappensNewsIsToldExactlyWhenTheKindOfStateChangesOrItsCause() throws IOException {
        Random random = new Random(3);
        Verdict[] verdicts = {LOGIN_REFUSED, ADDRESS_BLOCKED};
        for (int i = 0; i < 2_000; i++) {
            clock.move(Duration.ofSeconds(random.nextInt(200)));
            LaneState before = book.state(LANE);
            Verdict verdict = verdicts[random.nextInt(2)];
            boolean stop = random.nextBoolean();
            boolean news = stop ? book.stop(LANE, verdict, Optional.empty()) : book.succeeded(LANE);
            boolean sameCause = before instanceof Held held && held.cause().equals(verdict.cause());
            assertThat(news).isEqualTo(stop ? !sameCause : !(before instanceof Open));
            assertThat(book.state(LANE)).isInstanceOf(stop ? Held.class : Open.class);
        }
    }

    @Test
    void aLaneHeldByHandRunsNothingUntilItIsReleased() throws IOException {
        book.holdByHand(LANE, "anna");
        clock.move(Duration.ofDays(30));

        assertThat(book.mayRun(LANE)).isFalse();
        assertThat(book.nextRun(LANE)).isAfter(clock.instant());
        assertThat(book.succeeded(LANE)).as("a delivery that was under way").isFalse();
        assertThat(book.stop(LANE, DAY_IS_FULL, Optional.empty())).isFalse();
        assertThat(book.stop(LANE, LOGIN_REFUSED, Optional.empty())).isFalse();
        assertThat(restarted(PAUSE).mayRun(LANE)).as("after a restart").isFalse();
        assertThat(book.release(LANE)).isTrue();
        assertThat(book.mayRun(LANE)).isTrue();
        assertThat(book.release(LANE)).as("a second time").isFalse();
    }

    @Test
    void aStoppedLaneKnowsWhichOptionsMayCarryItsMessagesAlsoAfterARestart() throws IOException {
        Set<Option> others = Set.of(Option.RELAY, Option.DIRECT_SEND);
        book.stop(LANE, new Verdict(Scope.SENDER, Action.PAUSE, "Day is full.", "", others), Optional.empty());

        assertThat(restarted(PAUSE).state(LANE).mayFallOver()).isEqualTo(others);
        book.stop(LANE, LOGIN_REFUSED, Optional.empty());
        assertThat(restarted(PAUSE).state(LANE).mayFallOver()).isEmpty();
    }

    private LaneBook restarted(Duration cap) throws IOException {
        return new LaneBook(folder.resolve("lanes"), clock, PAUSE, lane -> cap);
    }

    @Test
    void aRefusalThatLastsHoldsTheLaneAlsoAcrossARestart() throws IOException {
        Verdict prx = lasting(Scope.SESSION, new Lasting(Action.HOLD, Duration.ofHours(1), 0));
        assertThat(book.heard(LANE, prx, List.of("a@contoso.com"))).isEqualTo(prx);
        clock.move(Duration.ofMinutes(59));
        book = restarted(Duration.ofMinutes(15));
        assertThat(book.heard(LANE, prx, List.of("b@contoso.com"))).isEqualTo(prx);
        clock.move(Duration.ofMinutes(1));

        Verdict now = book.heard(LANE, prx, List.of("c@contoso.com"));

        assertThat(now.action()).isEqualTo(Action.HOLD);
        assertThat(now.cause()).startsWith("Away.").contains("1 h without a message accepted");
        assertThat(now.remedy()).isEqualTo("Ask.");
        assertThat(book.heard("another-lane", prx, List.of("c@contoso.com"))).isEqualTo(prx);
    }

    @Test
    void anAcceptedMessageOrAReleaseOrHalfADaysSilenceBeginsAnew() throws IOException {
        Verdict prx = lasting(Scope.SESSION, new Lasting(Action.PAUSE, Duration.ofMinutes(30), 0));
        book.heard(LANE, prx, List.of("a@contoso.com"));
        book.accepted(LANE, List.of("b@fabrikam.com"));
        clock.move(Duration.ofMinutes(31));
        assertThat(book.heard(LANE, prx, List.of("a@contoso.com"))).isEqualTo(prx);

        book.release(LANE);
        clock.move(Duration.ofMinutes(31));
        assertThat(book.heard(LANE, prx, List.of("a@contoso.com"))).isEqualTo(prx);

        clock.move(Duration.ofHours(13));
        assertThat(book.heard(LANE, prx, List.of("a@contoso.com"))).isEqualTo(prx);

        clock.move(Duration.ofMinutes(30));
        assertThat(book.heard(LANE, prx, List.of("a@contoso.com")).action()).isEqualTo(Action.PAUSE);
    }

    @Test
    void whenEveryRecipientOfADomainIsRefusedItIsTheLanesFault() throws IOException {
        Verdict unknown = lasting(Scope.RECIPIENT, new Lasting(Action.HOLD, Duration.ZERO, 3));
        assertThat(book.heard(LANE, unknown, List.of("a@contoso.com", "A@Contoso.com", "x@fabrikam.com")))
                .isEqualTo(unknown);
        assertThat(book.heard(LANE, unknown, List.of("b@contoso.com"))).isEqualTo(unknown);
        book.accepted(LANE, List.of("y@fabrikam.com"));
        book = restarted(Duration.ofMinutes(15));

        Verdict now = book.heard(LANE, unknown, List.of("c@contoso.com"));

        assertThat(now.stopsLane()).isTrue();
        assertThat(now.scope()).isEqualTo(Scope.SESSION);
        book.accepted(LANE, List.of("d@contoso.com"));
        assertThat(book.heard(LANE, unknown, List.of("e@contoso.com", "f@contoso.com")))
                .isEqualTo(unknown);
    }

    private static Verdict lasting(Scope scope, Lasting lasting) {
        Action action = scope == Scope.RECIPIENT ? Action.REJECT : Action.RETRY;
        return new Verdict(scope, action, "Away.", "Ask.", Set.of(), Ease.NOTHING, Duration.ZERO, Optional.of(lasting));
    }
}
