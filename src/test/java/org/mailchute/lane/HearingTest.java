package org.mailchute.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailchute.lane.Lanes.path;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.RecipientReply;
import org.mailchute.testing.MovableClock;

class HearingTest {
    private static final Reply OK = new Reply(250, "2.0.0 OK");
    private static final Reply ONE_IS_BLOCKED = new Reply(550, "5.7.703 one or more recipients are blocked");

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Hearing hearing;
    private Lanes lanes;
    private Lane lane;

    @BeforeEach
    void open() throws Exception {
        hearing = new Hearing(ReplyTable.load());
        lanes = new Lanes(home, clock);
        lane = lanes.relay("relay");
    }

    private static RecipientReply said(String recipient, Stage stage, Reply reply) {
        return new RecipientReply(path(recipient), stage, reply);
    }

    @Test
    void eachRecipientGetsWhatWasSaidOfIt() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");

        hearing.heard(
                attempt,
                List.of(
                        said("anna", Stage.END_OF_DATA, OK),
                        said("bert", Stage.RCPT, new Reply(550, "5.1.10 RecipientNotFound"))));

        assertThat(attempt.outcomes().get(path("anna"))).isInstanceOf(Outcome.Accepted.class);
        assertThat(attempt.outcomes().get(path("bert"))).isInstanceOf(Outcome.Rejected.class);
        assertThat(attempt.unknown()).isEmpty();
    }

    @Test
    void aReplyThatNoRowKnowsIsRememberedOnce() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");
        Reply odd = new Reply(599, "never seen");

        hearing.heard(attempt, List.of(said("anna", Stage.RCPT, odd), said("bert", Stage.RCPT, odd)));

        assertThat(attempt.unknown()).containsExactly(new Attempt.Unknown(Stage.RCPT, odd));
    }

    @Test
    void whereOneRecipientRefusesTheWholeMessageEachIsTriedAlone() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");

        hearing.heard(
                attempt,
                List.of(
                        said("anna", Stage.END_OF_DATA, ONE_IS_BLOCKED),
                        said("bert", Stage.END_OF_DATA, ONE_IS_BLOCKED)));

        assertThat(attempt.outcomes().values())
                .extracting(outcome -> outcome.judged().orElseThrow().action())
                .containsOnly(Action.RETRY);
        assertThat(attempt.parts(attempt.recipients())).hasSize(2);
    }

    @Test
    void theOnlyRecipientIsMeantItself() {
        Attempt attempt = lanes.attempt(lane, "anna");

        hearing.heard(attempt, List.of(said("anna", Stage.END_OF_DATA, ONE_IS_BLOCKED)));

        assertThat(attempt.outcomes().get(path("anna"))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void whatWasSaidOfOneRecipientAtRcptMeansNoOther() {
        Attempt attempt = lanes.attempt(lane, "anna", "bert");

        hearing.heard(attempt, List.of(said("anna", Stage.RCPT, ONE_IS_BLOCKED), said("bert", Stage.END_OF_DATA, OK)));

        assertThat(attempt.outcomes().get(path("anna"))).isInstanceOf(Outcome.Rejected.class);
        assertThat(attempt.parts(attempt.recipients())).hasSize(1);
    }

    @Test
    void whatNeverLeftIsNotRecalled() {
        Attempt attempt = lanes.attempt(lane, "anna");

        try (HeardNotes.Turn turn = attempt.turn()) {
            assertThat(hearing.recalls(attempt, turn)).isFalse();
        }
        assertThat(attempt.isDecided()).isFalse();
    }

    @Test
    @DisplayName("P3: a reply that was read before a crash is the outcome after it")
    void aReplyThatWasReadIsRecalled() throws IOException {
        Attempt attempt = lanes.attempt(lane, "anna");
        try (HeardNotes.Turn turn = attempt.turn()) {
            turn.leaves(List.of());
            turn.answered(OK);
        }

        try (HeardNotes.Turn turn = attempt.turn()) {
            assertThat(hearing.recalls(attempt, turn)).isTrue();
        }
        assertThat(attempt.sentBefore()).contains(clock.instant());
        assertThat(attempt.outcomes().get(path("anna"))).isEqualTo(new Outcome.Accepted(OK));
    }
}
