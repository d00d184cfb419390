package org.mailchute.steps;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.RecipientReply;

/**
 * What camel-mail's {@code smtp:} endpoint sends through: one lane's kept sessions, the envelope apart from the header
 * fields, and an outcome for every recipient instead of an exception for all of them.
 */
public final class LaneSender extends DefaultJavaMailSender {
    private final ReplyTable replies;

    public LaneSender(ReplyTable replies) {
        this.replies = replies;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        LaneMessage lane = (LaneMessage) message;
        Attempt attempt = lane.attempt();
        for (RecipientReply said : attempt.lane().sessions().send(attempt.envelope(), lane.composed())) {
            attempt.ended(said.recipient(), outcome(attempt, said));
        }
    }

    private Outcome outcome(Attempt attempt, RecipientReply said) {
        Outcome outcome = replies.outcome(attempt.lane().nextHop().option(), said.stage(), said.reply());
        if (said.stage() == Stage.END_OF_DATA
                && outcome instanceof Outcome.Rejected rejected
                && rejected.verdict().scope() == Scope.RECIPIENT
                && attempt.recipients().size() > 1) {
            attempt.oneByOne();
            String cause = "One of several recipients is refused; each is tried alone. "
                    + rejected.verdict().cause();
            return new Outcome.Deferred(
                    said.reply(),
                    new Verdict(
                            Scope.RECIPIENT,
                            Action.RETRY,
                            cause,
                            rejected.verdict().remedy()));
        }
        return outcome;
    }
}
