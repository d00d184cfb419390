package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailchute.lane.Lanes.accepted;
import static org.mailchute.lane.Lanes.deferred;
import static org.mailchute.lane.Lanes.path;
import static org.mailchute.lane.Lanes.paths;
import static org.mailchute.lane.Lanes.rejected;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.spool.Wishes;
import org.mailchute.testing.MovableClock;

class PartsTest {
    @TempDir
    Path home;

    private Lanes lanes;
    private Lane lane;
    private Parts parts;

    @BeforeEach
    void open() throws IOException {
        lanes = new Lanes(home, new MovableClock());
        lane = lanes.relay("relay");
        parts = new Parts(Lanes::retries, lanes.stops);
    }

    private Outcome last(int before, boolean uncertain, Outcome outcome) {
        Attempt attempt = lanes.attempt(lane, before, uncertain, lanes.ticket(Wishes.NONE, "anna"));
        attempt.allEnded(outcome);
        return parts.of(attempt).get(0).outcome();
    }

    @Test
    void recipientsWithOneOutcomeStayTogetherAndOthersPartWays() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert", "carl");
        attempt.ended(path("anna"), accepted());
        attempt.ended(path("bert"), rejected());
        attempt.ended(path("carl"), accepted());

        assertThat(parts.of(attempt))
                .containsExactly(new Part(accepted(), paths("anna", "carl")), new Part(rejected(), paths("bert")));
        assertThat(parts.of(attempt)).extracting(Part::kind).containsExactly("accepted", "rejected");
    }

    @Test
    void noRecipientIsForgotten() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");
        attempt.ended(path("anna"), accepted());

        assertThatThrownBy(() -> parts.of(attempt)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneByOneEachRecipientGoesOnAlone() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");
        attempt.allEnded(deferred(Scope.RECIPIENT, Action.RETRY));
        attempt.oneByOne();

        assertThat(parts.of(attempt)).extracting(Part::recipients).containsExactly(paths("anna"), paths("bert"));
        assertThat(parts.of(attempt)).extracting(Part::kind).containsOnly("deferred");
    }

    @Test
    void moreThanTheLaneTakesGoOnInPartsThatItTakes() throws IOException {
        Lane small = lanes.add(
                new NextHop.Relay("small", "localhost", 25), new SendingLimits(3, 0, 0, 0, 2, 1_000), SenderPolicy.ANY);
        Attempt attempt = lanes.attempt(small, "anna", "bert", "carl");
        attempt.allEnded(deferred(Scope.MESSAGE, Action.RETRY));
        attempt.tooMany();

        assertThat(parts.of(attempt))
                .extracting(Part::recipients)
                .containsExactly(paths("anna", "bert"), paths("carl"));
    }

    @Test
    void whatWasTriedOftenEnoughIsGivenUpAndSaysSo() {
        Outcome retry = deferred(Scope.MESSAGE, Action.RETRY);
        assertThat(last(1, false, retry)).isEqualTo(retry);

        Outcome end = last(2, false, retry);

        assertThat(end).isInstanceOf(Outcome.Rejected.class);
        assertThat(end.reply()).isEqualTo(retry.reply());
        assertThat(end.judged().orElseThrow().cause()).isEqualTo("given up after 3 attempts: Why.");
        assertThat(end.judged().orElseThrow().remedy()).isEqualTo("What to do.");
    }

    @Test
    void whereWaitingWasEnoughTheRemedyIsToReplay() {
        Outcome retry = new Outcome.Deferred(Reply.none("cut"), new Verdict(Scope.MESSAGE, Action.RETRY, "Cut.", ""));

        assertThat(last(2, false, retry).judged().orElseThrow().remedy()).isEqualTo("replay it when the cause is gone");
    }

    @Test
    void aWaitThatIsTheLanesFaultUsesUpNoLife() {
        Outcome pause = deferred(Scope.SESSION, Action.PAUSE);

        assertThat(last(2, false, pause)).isEqualTo(pause);
    }

    @Test
    void whatMayHaveArrivedTwiceIsNotSentAThirdTime() {
        Outcome uncertain = deferred(Scope.MESSAGE, Action.UNCERTAIN);
        assertThat(last(0, false, uncertain)).isEqualTo(uncertain);

        Outcome end = last(1, true, uncertain);

        assertThat(end).isInstanceOf(Outcome.Rejected.class);
        assertThat(end.judged().orElseThrow().cause()).startsWith("It may have arrived");
    }

    @Test
    void whatStopsTheLaneStopsItHere() {
        last(0, false, deferred(Scope.SESSION, Action.HOLD));

        assertThat(lanes.book.mayRun("relay")).isFalse();
    }
}
