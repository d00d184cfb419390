package org.mailchute.steps;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.FinalDot;
import org.mailchute.smtp.HeardNotes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What camel-mail's {@code smtp:} endpoint sends through: one lane's kept sessions, the envelope apart from the header
 * fields, and an outcome for every recipient instead of an exception for all of them.
 */
public final class LaneSender extends DefaultJavaMailSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);

    private final Hearing hearing;
    private final Clock clock;

    public LaneSender(Hearing hearing, Clock clock) {
        this.hearing = hearing;
        this.clock = clock;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        LaneMessage lane = (LaneMessage) message;
        Attempt attempt = lane.attempt();
        try (HeardNotes.Turn turn = attempt.turn()) {
            if (hearing.recalls(attempt, turn)) { // another attempt at it was under way when this one was admitted
                giveBack(attempt, attempt.recipients().size());
            } else {
                send(attempt, lane.composed(), turn);
            }
        }
    }

    private void send(Attempt attempt, MimeMessage composed, FinalDot dot) {
        Instant begun = clock.instant();
        try {
            hearing.heard(
                    attempt, attempt.lane().sessions().send(attempt.envelope(), composed, attempt.size(), dot));
            attempt.took(Duration.between(begun, clock.instant()));
        } catch (FinalDot.NotNoted e) {
            attempt.withheld(notNoted(e), Optional.empty());
        }
        giveBack(attempt, unspent(attempt));
    }

    /** Who was not taken does not count against the day. Not so the uncertain ones: the server may have them. */
    private static long unspent(Attempt attempt) {
        return attempt.outcomes().values().stream()
                .filter(outcome -> !(outcome instanceof Outcome.Accepted))
                .filter(outcome -> !(outcome instanceof Outcome.Deferred deferred
                        && deferred.verdict().action() == Action.UNCERTAIN))
                .count();
    }

    private static void giveBack(Attempt attempt, long unspent) {
        try {
            attempt.lane().budget().giveBack((int) unspent);
        } catch (IOException e) {
            LOG.warn(
                    "lane {}: the budget cannot be written and counts {} too many",
                    attempt.lane().name(),
                    unspent,
                    e);
        }
    }

    private static Outcome notNoted(FinalDot.NotNoted fault) {
        String cause = "Nothing is sent that a crash could repeat: " + fault.getMessage();
        String remedy = "Make room on the disk of home, or mend its permissions. The lane's next probe finds out by itself.";
        return new Outcome.Deferred(
                Reply.none("not sent"), new Verdict(Scope.SESSION, Action.PAUSE, cause, remedy));
    }
}
