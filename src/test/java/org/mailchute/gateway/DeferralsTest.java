package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.broker.Queues;
import org.mailchute.deferred.Places;
import org.mailchute.testing.MovableClock;

/** What waits for a later time or for its lane, in a real broker, by a clock that the test moves. */
class DeferralsTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(NOON);

    @SuppressWarnings("NullAway.Init") // set before each test
    private WaitingRoom room;

    @BeforeEach
    void open() throws Exception {
        room = WaitingRoom.open(home, clock);
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    /** Times of all sizes, from seconds to days. */
    private static List<Instant> times() {
        List<Instant> times = new ArrayList<>();
        for (long seconds = 4; seconds < 200_000; seconds = seconds * 3 + 4) {
            times.add(NOON.plusSeconds(seconds));
        }
        return times;
    }

    @Test
    @DisplayName(
            "P4: each leaves once when its time has come, not before, with its priority, and is counted until then")
    void eachLeavesWhenItsTimeHasCome() throws Exception {
        List<Instant> times = times();
        room.put(Places.DEFERRED, times);
        room.awaitSorted(times.size());
        for (Instant time : times) {
            clock.set(time.minusMillis(1));
            assertThat(room.count(WaitingRoom.LANE)).as("before %s", time).isZero();
            clock.set(time.plusSeconds(2));
            room.awaitLeft(1);
            assertThat(room.left()).containsExactly(time.toString());
        }
        await("none waits").until(() -> room.waiting() == 0);
    }

    @Test
    @DisplayName("P1: the broker alone knows them: after a restart, and a day away, all leave that are due, each once")
    void aRestartForgetsNone() throws Exception {
        List<Instant> times = times();
        room.put(Places.DEFERRED, times);
        room.awaitSorted(times.size());
        room = room.restarted(() -> clock.set(NOON.plus(Duration.ofDays(1))));
        List<String> due = times.stream()
                .filter(time -> time.isBefore(clock.instant()))
                .map(Instant::toString)
                .toList();

        room.awaitLeft(due.size());

        await("the others are counted").until(() -> room.waiting() == times.size() - due.size());
        assertThat(room.left()).containsExactlyInAnyOrderElementsOf(due);
    }

    /** Both were put into the last slot that there was. */
    @Test
    void aDeliveryWhoseTurnPassedLeavesAtTheStartThoughItLiesBehindOneThatIsDueInMonths() throws Exception {
        room.put(Places.DEFERRED, List.of(NOON.plus(Duration.ofDays(300)), NOON.plus(Duration.ofHours(25))));
        room.awaitSorted(2);
        room = room.restarted(() -> clock.set(NOON.plus(Duration.ofHours(28))));

        room.awaitLeft(1);
        await("the other is counted").until(() -> room.waiting() == 1);
        assertThat(room.left()).containsExactly(NOON.plus(Duration.ofHours(25)).toString());
    }

    /** The wheel reaches over a day: those were put into the last slot it had, whose next turn is a day later. */
    @Test
    void whatIsDueInDaysLeavesInTimeThoughTheGatewayWasAwayWhenItsSlotTurned() throws Exception {
        Instant due = NOON.plus(Duration.ofHours(40));
        room.put(Places.DEFERRED, List.of(due));
        room.awaitSorted(1);
        room = room.restarted(() -> clock.set(NOON.plus(Duration.ofHours(28))));
        await("it is counted").until(() -> room.waiting() == 1);

        clock.set(due.minusMillis(1));
        await("a look").until(() -> room.waiting() == 1);
        assertThat(room.count(WaitingRoom.LANE)).isZero();
        clock.set(due.plusSeconds(2));

        room.awaitLeft(1);
    }

    @Test
    @DisplayName("P1: what waits is known at the next start, so that its message stays in the spool")
    void whatWaitsIsReferencedAfterARestart() throws Exception {
        room.put(Places.lane("connector"), List.of(NOON), Optional.of("AAAAAAAAAAAAAAA1"), false);
        room.put(Places.DEFERRED, List.of(NOON.plusSeconds(3_600)), Optional.of("AAAAAAAAAAAAAAA2"), false);
        room.awaitSorted(1);
        room = room.restarted(() -> {});

        assertThat(room.isReferenced("AAAAAAAAAAAAAAA1")).isTrue();
        assertThat(room.isReferenced("AAAAAAAAAAAAAAA2")).isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsThemUntilTheirTime() throws Exception {
        room.put(Places.DEFERRED, times());
        room.awaitSorted(times().size());
        clock.set(NOON.minus(Duration.ofHours(3)));
        room.put(Places.DEFERRED, List.of(NOON.minus(Duration.ofHours(4))));
        room.awaitLeft(1);
        room.left();

        clock.set(NOON.plus(Duration.ofDays(3)));

        room.awaitLeft(times().size());
        assertThat(room.left()).doesNotHaveDuplicates();
    }

    @Test
    void whatWaitsForItsLaneLeavesWhenThatOpensWhateverTimeItHas() throws Exception {
        room.put(Places.lane("connector"), times());
        assertThat(room.count(WaitingRoom.LANE)).isZero();
        room.openLane(1_000);
        clock.move(Duration.ofSeconds(5));

        room.awaitLeft(times().size());
    }

    @Test
    @DisplayName(
            "P8: the broker remembers a transaction for a batch that waits for a held lane, not for each; all keep their order")
    void whatWaitsForAHeldLaneIsPutTogetherAndLeavesInItsOrder() throws Exception {
        List<Instant> times =
                IntStream.range(0, 450).mapToObj(NOON::plusSeconds).toList();
        room.put(Places.lane("connector"), times);
        await("full batches are packed, and the rest is not")
                .until(() ->
                        room.count(Places.packed("connector")) == 400 && room.count(Places.lane("connector")) == 50);

        room.openLane(1_000);

        room.awaitLeft(450);
        assertThat(room.left())
                .containsExactlyElementsOf(times.stream().map(Instant::toString).toList());
    }

    @Test
    void whatWaitsForItsLaneAndHasAnEndLeavesWithinAMinuteOnceThatOpensOrElseAtItsEnd() throws Exception {
        Instant soon = NOON.plusSeconds(90);
        Instant late = NOON.plus(Duration.ofHours(2));
        room.put(Places.DEFERRED, List.of(soon, late), Optional.empty(), true);
        room.awaitSorted(2);

        clock.set(soon.plusSeconds(2));
        room.awaitLeft(1);
        assertThat(room.left()).containsExactly(soon.toString());
        room.awaitSorted(1);
        room.openLane(1);
        clock.move(Duration.ofSeconds(62));

        room.awaitLeft(1);
    }

    @Test
    void nothingIsMovedWhileTheDiskIsFullAndAllGoesOnAfterwards() throws Exception {
        room.put(Places.DEFERRED, List.of(NOON.plusSeconds(30)));
        room.awaitSorted(1);
        room.fillDisk(true);
        room.awaitLooks(2);
        clock.move(Duration.ofHours(1));
        room.put(Places.DEFERRED, List.of(NOON));
        room.awaitLooks(2);
        assertThat(room.count(Places.DEFERRED)).isEqualTo(1);
        assertThat(room.count(WaitingRoom.LANE)).isZero();

        room.fillDisk(false);

        room.awaitLeft(2);
    }

    @Test
    void ofManyWithOneTimeNoneIsLeftBehind() throws Exception {
        room.put(Places.DEFERRED, Collections.nCopies(1_500, NOON.plusSeconds(3_600)));
        room.awaitSorted(1_500);

        clock.set(NOON.plusSeconds(3_602));

        room.awaitLeft(1_500);
    }

    @Test
    @DisplayName("P4: a broker that counts fewer than there are keeps none for ever")
    void whatTheBrokerDoesNotCountLeavesToo() throws Exception {
        room.put(Places.DEFERRED, List.of(NOON.plusSeconds(90), NOON.plusSeconds(90)));
        room.awaitSorted(2);
        room.miscount(3);
        room.put(Places.DEFERRED, List.of(NOON));
        room.openLane(1_000);
        room.awaitLooks(12); // else it has opened just now
        room.put(Places.lane("connector"), List.of(NOON, NOON));
        clock.set(NOON.plusSeconds(100));

        await("what is called empty is looked into each minute").until(() -> {
            clock.move(Duration.ofMinutes(1));
            return room.hasLeft(5);
        });
    }

    @Test
    @DisplayName("P4: nor after the clock was set back by hours")
    void whatTheBrokerDoesNotCountLeavesAfterAStepBackToo() throws Exception {
        room.miscount(2);
        Instant morning = NOON.minus(Duration.ofHours(6));
        room.put(Places.DEFERRED, List.of(morning, morning));

        clock.set(NOON.minus(Duration.ofHours(5)));

        await("what is called empty is looked into").until(() -> room.hasLeft(2));
    }

    @Test
    @DisplayName("P4: nor until the next such look where its lane opens")
    void whatTheBrokerDoesNotCountLeavesAsItsLaneOpens() throws Exception {
        room.miscount(2);
        room.put(Places.lane("connector"), List.of(NOON, NOON));
        room.awaitLooks(2);

        room.openLane(1_000);

        await("the clock stands still").until(() -> room.hasLeft(2));
    }

    @Test
    @DisplayName("P4: also where its lane was held and released between two looks")
    void whatTheBrokerDoesNotCountLeavesAsItsLaneOpensUnseen() throws Exception {
        room.openLane(1_000);
        room.awaitLooks(2);
        room.miscount(2);
        room.put(Places.lane("connector"), List.of(NOON, NOON));

        room.holdAndOpenLane();

        await("the clock stands still").until(() -> room.hasLeft(2));
    }

    @Test
    void whatIsNoDeliveryHoldsNoneUp() throws Exception {
        room.putOdd();
        room.put(Places.DEFERRED, List.of(NOON));

        room.awaitLeft(1);
        await("it is set aside").until(() -> room.count(Queues.UNDELIVERABLE) == 1);
    }
}
