package org.mailchute.steps;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.RecipientReply;
import org.mailchute.smtp.SessionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What camel-mail's {@code smtp:} endpoint sends through: one lane's kept sessions, the envelope apart from the header
 * fields, and an outcome for every recipient instead of an exception for all of them.
 */
public final class LaneSender extends DefaultJavaMailSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);

    private final ReplyTable replies;
    private final Clock clock;

    public LaneSender(ReplyTable replies, Clock clock) {
        this.replies = replies;
        this.clock = clock;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        LaneMessage lane = (LaneMessage) message;
        Attempt attempt = lane.attempt();
        Instant begun = clock.instant();
        SessionPool sessions = attempt.lane().sessions();
        for (RecipientReply said : sessions.send(attempt.envelope(), lane.composed(), attempt.size())) {
            attempt.ended(said.recipient(), outcome(attempt, said));
        }
        attempt.took(Duration.between(begun, clock.instant()));
        giveBack(attempt);
    }

    /** Who was not taken does not count against the day. Not so the uncertain ones: the server may have them. */
    private static void giveBack(Attempt attempt) {
        long unspent = attempt.outcomes().values().stream()
                .filter(outcome -> !(outcome instanceof Outcome.Accepted))
                .filter(outcome -> !(outcome instanceof Outcome.Deferred deferred
                        && deferred.verdict().action() == Action.UNCERTAIN))
                .count();
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

    private Outcome outcome(Attempt attempt, RecipientReply said) {
        if (!replies.knows(attempt.lane().nextHop().option(), said.stage(), said.reply())) {
            attempt.unknown(said.stage(), said.reply());
        }
        Outcome outcome = replies.outcome(attempt.lane().nextHop().option(), said.stage(), said.reply());
        return Events.verdict(outcome)
                .filter(verdict -> said.stage() == Stage.END_OF_DATA)
                .filter(LaneSender::meansOneRecipient)
                .filter(verdict -> attempt.recipients().size() > 1)
                .map(verdict -> eachAlone(attempt, said.reply(), verdict))
                .orElse(outcome);
    }

    /** The others must neither be refused with it nor wait for it. */
    private static boolean meansOneRecipient(Verdict verdict) {
        return verdict.scope() == Scope.RECIPIENT
                && (verdict.action() == Action.REJECT || verdict.action() == Action.PAUSE);
    }

    private static Outcome eachAlone(Attempt attempt, Reply reply, Verdict verdict) {
        attempt.oneByOne();
        String cause = "One of several recipients is refused; each is tried alone. " + verdict.cause();
        return new Outcome.Deferred(reply, new Verdict(Scope.RECIPIENT, Action.RETRY, cause, verdict.remedy()));
    }
}
