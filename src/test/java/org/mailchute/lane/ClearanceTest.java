package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.lane.Lanes.accepted;
import static org.mailchute.lane.Lanes.deferred;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Option;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.testing.MovableClock;

class ClearanceTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Lanes lanes;
    private Clearance clearance;

    @BeforeEach
    void open() throws Exception {
        lanes = new Lanes(home, clock);
        clearance = new Clearance(lanes.book, lanes.composer, new Hearing(ReplyTable.load()), lanes.nextHops(), clock);
    }

    private Lane limited(int perDay, int atOnce, long octets) throws IOException {
        SendingLimits limits = new SendingLimits(3, 0, 0, perDay, atOnce, octets);
        return lanes.add(new NextHop.Relay("limited", "localhost", 25), limits, SenderPolicy.ANY);
    }

    private static Verdict verdict(Attempt attempt) {
        return attempt.outcomes().values().iterator().next().judged().orElseThrow();
    }

    @Test
    void anOpenLaneWithRoomTakesTheMessageAndKnowsItsSize() throws IOException {
        Attempt attempt = lanes.attempt(lanes.relay("relay"), "anna");

        assertThat(clearance.isFor(attempt)).isTrue();

        assertThat(attempt.isDecided()).isFalse();
        assertThat(attempt.size()).hasValue(lanes.composer.encodedSize(attempt.ticket()));
    }

    @Test
    void whatIsDecidedGoesNowhere() throws IOException {
        Attempt attempt = lanes.attempt(lanes.relay("relay"), "anna");
        attempt.allEnded(accepted());

        assertThat(clearance.isFor(attempt)).isFalse();
    }

    @Test
    @DisplayName("P3: what was sent before a crash is not sent again, even over a lane that is stopped now")
    void whatWasSentBeforeIsRecalled() throws IOException {
        Lane lane = lanes.relay("relay");
        Attempt attempt = lanes.attempt(lane, "anna");
        try (HeardNotes.Turn turn = attempt.turn()) {
            turn.leaves(List.of());
        }
        lanes.stops.hold(lane, "anna");
        Instant dot = clock.instant();

        assertThat(clearance.isFor(attempt)).isFalse();

        assertThat(attempt.sentBefore()).contains(dot);
        assertThat(verdict(attempt).action()).isEqualTo(Action.UNCERTAIN);
    }

    @Test
    void whatHasExpiredIsRejectedWithoutAskingTheServer() throws IOException {
        Instant end = clock.instant();
        Lane lane = lanes.relay("relay");
        Attempt attempt = lanes.attempt(lane, 0, false, lanes.ticket(Lanes.endsAt(end), "anna"));

        assertThat(clearance.isFor(attempt)).isFalse();

        assertThat(attempt.asked()).isFalse();
        assertThat(verdict(attempt).action()).isEqualTo(Action.REJECT);
        assertThat(verdict(attempt).cause()).startsWith("expired: it could not be delivered before " + end);
        Attempt inTime = lanes.attempt(lane, 0, false, lanes.ticket(Lanes.endsAt(end.plusMillis(1)), "anna"));
        assertThat(clearance.isFor(inTime)).isTrue();
    }

    @Test
    void moreRecipientsThanTheLaneTakesGoOnInPartsAtOnce() throws IOException {
        Attempt attempt = lanes.attempt(limited(0, 2, 1_000_000), "anna", "bert", "carl");

        assertThat(clearance.isFor(attempt)).isFalse();

        assertThat(attempt.notBefore()).contains(clock.instant());
        assertThat(attempt.parts(attempt.recipients())).hasSize(2);
    }

    @Test
    @DisplayName("P5: what meets a stopped lane waits for it, and may go the ways that its reason leaves open")
    void whatMeetsAStoppedLaneWaitsForIt() throws IOException {
        Lane lane = lanes.relay("relay");
        Outcome.Deferred stopped = deferred(Scope.SESSION, Action.HOLD, Option.SUBMISSION);
        lanes.stops.stop(lane, stopped.reply(), stopped.verdict());
        Attempt attempt = lanes.attempt(lane, "anna");

        assertThat(clearance.isFor(attempt)).isFalse();

        assertThat(attempt.asked()).isFalse();
        assertThat(attempt.waitsForItsLane()).isTrue();
        assertThat(attempt.notBefore()).contains(lanes.book.nextRun("relay"));
        assertThat(verdict(attempt).stopsLane()).isTrue();
        assertThat(verdict(attempt).mayFallOver()).containsExactly(Option.SUBMISSION);
    }

    @Test
    void aMessageLargerThanTheLaneTakesIsRejectedWithBothSizes() throws IOException {
        Attempt attempt = lanes.attempt(limited(0, 500, 1_000), "anna");

        assertThat(clearance.isFor(attempt)).isFalse();

        assertThat(verdict(attempt).action()).isEqualTo(Action.REJECT);
        assertThat(verdict(attempt).cause())
                .matches("the finished message has [\\d,.]+ octets, lane limited takes 1.000");
    }

    @Test
    @DisplayName("P6: a spent budget makes it wait until there is room; any lane that has some may take over")
    void aSpentBudgetMakesItWait() throws IOException {
        Lane lane = limited(1, 500, 1_000_000);
        lane.allowance().begin(1).came(1, true, false);
        Attempt attempt = lanes.attempt(lane, "anna");

        assertThat(clearance.isFor(attempt)).isFalse();

        assertThat(attempt.notBefore())
                .isEqualTo(lane.allowance().hindrance(1).orElseThrow().until());
        assertThat(attempt.waitsForItsLane()).isFalse();
        assertThat(verdict(attempt).mayFallOver()).isEqualTo(Set.of(Option.values()));
        assertThat(verdict(attempt).cause()).isEqualTo("today's budget of recipients is spent");
    }
}
