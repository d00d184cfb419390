package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.deferred.Shelves;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.reply.Option;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.spool.DiskRoom;
import org.mailchute.testing.MovableClock;

class LaneGateTest {
    private static final int A_MINUTE = 30;

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private LaneBook book;
    private LaneGate gate;
    private long ready;

    @BeforeEach
    void open() throws IOException {
        book = new LaneBook(home.resolve("lanes"), clock, Duration.ofMinutes(5), lane -> Duration.ofMinutes(15));
        Map<String, Lane> lanes = Map.of(
                "connector",
                lane("connector", 0),
                "mailbox",
                lane("mailbox", A_MINUTE),
                "leaving",
                lane("leaving", A_MINUTE));
        Files.createDirectories(home.resolve("messages"));
        gate = new LaneGate(lanes, book, shelves(), DiskRoom.of(home), clock);
    }

    /** At rest: nothing of it is asked here but its name, queue and limits. */
    @SuppressWarnings("NullAway")
    private static Lane lane(String name, int messagesPerMinute) {
        SendingLimits limits = new SendingLimits(3, messagesPerMinute, 0, 0, 500, 1_000);
        return new Lane(
                new NextHop.Relay(name, "localhost", 25),
                limits,
                null,
                null,
                null,
                null,
                Duration.ofMinutes(15),
                name.equals("leaving"));
    }

    private Shelves shelves() {
        return new Shelves() {
            @Override
            public long count(String queue) {
                return ready;
            }

            @Override
            public void make(String queue) {
                throw new AssertionError("no queue is made here");
            }
        };
    }

    private void stop(String lane, Action action, Option... others) {
        Verdict verdict = new Verdict(Scope.SESSION, action, "Why.", "What to do.", Set.of(others));
        book.stop(lane, verdict, Optional.empty());
    }

    @Test
    void anOpenLaneTakesAsMuchAsItSendsInAMinuteSoThatFreshMailComesSoon() {
        assertThat(gate.takes("mailbox")).isEqualTo(A_MINUTE);
        ready = 20;
        assertThat(gate.takes("mailbox")).isEqualTo(A_MINUTE - ready);
        assertThat(gate.takes("connector")).isGreaterThan(500);
    }

    @Test
    void howeverMuchFreshMailThereIsSomeOfWhatWaitedLeavesEachMinute() {
        ready = 5_000;
        for (int minute = 0; minute < 3; minute++) {
            for (String lane : List.of("mailbox", "connector")) {
                assertThat(gate.takes(lane)).isPositive();
                assertThat(gate.takes(lane)).isZero();
            }
            clock.move(Duration.ofMinutes(1));
        }
    }

    @Test
    void afterAStepBackOfTheClockSomeLeaveToo() {
        ready = 5_000;
        assertThat(gate.takes("connector")).isPositive();

        clock.move(Duration.ofHours(-5));

        assertThat(gate.takes("connector")).isPositive();
    }

    @Test
    void whateverStoppedALaneThatHasLeftTheSettingsWhatWaitsForItComesOut() {
        stop("leaving", Action.HOLD);
        ready = 5_000;
        assertThat(gate.isOpen("leaving")).isTrue();
        assertThat(gate.takes("leaving")).isGreaterThan(A_MINUTE);
    }

    @Test
    void aPausedLaneTakesNothingUntilItsTime() {
        stop("mailbox", Action.PAUSE);
        assertThat(gate.isOpen("mailbox")).isFalse();
        assertThat(gate.takes("mailbox")).isZero();

        clock.move(Duration.ofMinutes(5));

        assertThat(gate.isOpen("mailbox")).isTrue();
        assertThat(gate.takes("mailbox")).isPositive();
    }

    @Test
    void ofAHeldLaneSomeLeaveForAProbeAndNoMoreWhileThoseAreReady() {
        stop("mailbox", Action.HOLD);
        assertThat(gate.takes("mailbox")).isZero();
        clock.move(Duration.ofMinutes(1));

        assertThat(gate.takes("mailbox")).isEqualTo(20);
        ready = 20;
        assertThat(gate.takes("mailbox")).isZero();
        assertThat(book.mayRun("mailbox")).as("looking took no probe away").isTrue();
    }

    @Test
    void ofAHeldLaneWhichAnotherMayTakeOverManyLeaveForAProbe() {
        stop("connector", Action.HOLD, Option.RELAY);
        clock.move(Duration.ofMinutes(1));
        ready = 20;

        assertThat(gate.takes("connector")).isGreaterThan(500);
    }

    @Test
    void aLaneThatIsNotThereTakesNothing() {
        assertThat(gate.takes("gone")).isZero();
        assertThat(gate.isOpen("gone")).isFalse();
    }
}
