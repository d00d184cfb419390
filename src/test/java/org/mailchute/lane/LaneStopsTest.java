package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.lane.Lanes.accepted;
import static org.mailchute.lane.Lanes.deferred;
import static org.mailchute.lane.Lanes.path;
import static org.mailchute.lane.Lanes.paths;
import static org.mailchute.lane.Lanes.rejected;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.limits.LaneState;
import org.mailchute.reply.Ease;
import org.mailchute.reply.Lasting;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

class LaneStopsTest {
    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Lanes lanes;
    private Lane lane;

    @BeforeEach
    void open() throws IOException {
        lanes = new Lanes(home, clock);
        lane = lanes.relay("relay");
    }

    private void note(Outcome... outcomes) {
        lanes.stops.note(lanes.attempt(lane, "anna"), List.of(outcomes));
    }

    private LaneState state() {
        return lanes.book.state("relay");
    }

    private List<Kind> told() {
        return lanes.told.stream().map(DeliveryEvent::kind).toList();
    }

    @Test
    @DisplayName("P5: a refused login holds the lane, which is told once, with what to do")
    void whatStopsALaneIsToldOnce() {
        note(deferred(Scope.SESSION, Action.HOLD));
        note(deferred(Scope.SESSION, Action.HOLD));

        assertThat(state()).isInstanceOf(LaneState.Held.class);
        assertThat(told()).containsExactly(Kind.LANE_HELD);
        DeliveryEvent event = lanes.told.get(0);
        assertThat(event.lane()).isEqualTo("relay");
        assertThat(event.remedy()).isEqualTo("What to do.");
        assertThat(event.next()).contains(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @Test
    void whatIsDeferredWaitsForTheLaneThatItStopped() {
        Attempt attempt = lanes.attempt(lane, "anna");

        lanes.stops.note(attempt, List.of(accepted(), deferred(Scope.SENDER, Action.PAUSE)));

        assertThat(told()).containsExactly(Kind.LANE_PAUSED);
        assertThat(attempt.waitsForItsLane()).isTrue();
        assertThat(attempt.notBefore()).contains(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void aLimitOnSomeRecipientsStopsNoMailToTheOthers() {
        note(deferred(Scope.RECIPIENT, Action.PAUSE));

        assertThat(state()).isInstanceOf(LaneState.Open.class);
        assertThat(told()).isEmpty();
    }

    @Test
    void aMessageThatIsToBeTriedAgainStopsNoLane() {
        note(deferred(Scope.MESSAGE, Action.RETRY));

        assertThat(state()).isInstanceOf(LaneState.Open.class);
    }

    @Test
    void anAttemptThatNeverAskedTheServerShowsNothing() {
        Attempt attempt = lanes.attempt(lane, "anna");
        attempt.withheld(deferred(Scope.SESSION, Action.PAUSE), Optional.of(clock.instant()));

        lanes.stops.note(attempt, attempt.outcomes().values());

        assertThat(state()).isInstanceOf(LaneState.Open.class);
    }

    @Test
    void aMessageTakenOrRefusedForItsOwnSakeOpensTheLane() {
        for (Outcome works : List.of(accepted(), rejected())) {
            note(deferred(Scope.SESSION, Action.HOLD));
            note(works);
            assertThat(state()).isInstanceOf(LaneState.Open.class);
        }
        assertThat(told()).containsExactly(Kind.LANE_HELD, Kind.LANE_OPEN, Kind.LANE_HELD, Kind.LANE_OPEN);
    }

    @Test
    void aServerThatSaysNothingOrTurnsTheSessionAwayOpensNoLane() {
        note(deferred(Scope.SESSION, Action.HOLD));
        note(new Outcome.Deferred(Reply.none("cut off"), new Verdict(Scope.MESSAGE, Action.RETRY, "Cut.", "")));
        note(deferred(Scope.SESSION, Action.RETRY));

        assertThat(state()).isInstanceOf(LaneState.Held.class);
    }

    @Test
    void whatIsRecalledFromBeforeARestartOpensNoLane() {
        note(deferred(Scope.SESSION, Action.HOLD));
        Attempt recalled = lanes.attempt(lane, "anna");
        recalled.recalls(clock.instant());

        lanes.stops.note(recalled, List.of(accepted()));

        assertThat(state()).isInstanceOf(LaneState.Held.class);
    }

    @Test
    void aComplaintSlowsTheLane() {
        note(new Outcome.Deferred(
                new Reply(432, "4.3.2 too many sessions"),
                new Verdict(
                        Scope.SESSION,
                        Action.RETRY,
                        "Many.",
                        "",
                        Set.of(),
                        Ease.SESSIONS,
                        Duration.ZERO,
                        Optional.empty())));

        assertThat(lane.allowance().pace().sessions()).isEqualTo(2);
    }

    @Test
    void anUnknownReplyIsToldWithoutTheAddressesInIt() {
        Attempt attempt = lanes.attempt(lane, "anna");
        attempt.unknown(Stage.RCPT, new Reply(550, "5.9.9 <anna@contoso.com> is odd"));

        lanes.stops.note(attempt, List.of(rejected()));

        assertThat(told()).containsExactly(Kind.REPLY_UNKNOWN);
        assertThat(lanes.told.get(0).reply()).isEqualTo("550 5.9.9 <***@contoso.com> is odd");
        assertThat(lanes.told.get(0).reason()).contains("(rcpt)");
    }

    private static Outcome lasts() {
        Lasting hour = new Lasting(Action.HOLD, Duration.ofHours(1), 0);
        return new Outcome.Deferred(
                new Reply(451, "4.4.4 no route"),
                new Verdict(
                        Scope.MESSAGE,
                        Action.RETRY,
                        "No route.",
                        "Make one.",
                        Set.of(),
                        Ease.NOTHING,
                        Duration.ZERO,
                        Optional.of(hour)));
    }

    private Map<Outcome, List<ForwardPath>> lasting(Map<Outcome, List<ForwardPath>> said) {
        return lanes.stops.lasting(lanes.attempt(lane, "anna", "bert"), said);
    }

    @Test
    @DisplayName("P5: a refusal that goes on becomes the lane's, and takes no life of its messages")
    void aRefusalThatLastsHoldsTheLane() {
        Outcome first = lasts();
        assertThat(lasting(Map.of(first, paths("anna")))).containsOnlyKeys(first);
        clock.move(Duration.ofHours(1));

        Outcome now = lasting(Map.of(first, paths("anna"))).keySet().iterator().next();

        assertThat(now.judged()).map(Verdict::action).contains(Action.HOLD);
        assertThat(now.reply()).isEqualTo(first.reply());
    }

    @Test
    void whereOneRecipientIsAcceptedNothingLasts() {
        Outcome refusal = lasts();
        lasting(Map.of(refusal, paths("anna")));
        clock.move(Duration.ofHours(1));

        assertThat(lasting(Map.of(refusal, paths("anna"), accepted(), paths("bert"))))
                .containsOnly(Map.entry(refusal, paths("anna")), Map.entry(accepted(), paths("bert")));
        assertThat(lasting(Map.of(refusal, paths("anna")))).containsOnlyKeys(refusal);
    }

    @Test
    void whatNeverComesToMoreStaysWhatItIs() {
        assertThat(lasting(Map.of(rejected(), List.of(path("anna"))))).containsOnlyKeys(rejected());
    }

    @Test
    void aLaneHeldByHandIsOpenedByHandOnly() {
        lanes.stops.hold(lane, "anna");
        note(accepted());
        assertThat(state()).isInstanceOf(LaneState.Held.class);
        assertThat(lanes.stops.release(lane, "anna")).isTrue();

        assertThat(lanes.stops.release(lane, "anna")).as("again").isFalse();
        assertThat(told()).containsExactly(Kind.LANE_HELD, Kind.LANE_OPEN);
        assertThat(lanes.told.get(1).reason()).isEqualTo("released by anna");
    }
}
