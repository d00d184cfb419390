package org.mailchute.steps;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.mailchute.limits.Expense;
import org.mailchute.limits.NotNow;
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
    private final AtomicBoolean faulty = new AtomicBoolean();

    public LaneSender(ReplyTable replies, Clock clock) {
        this.replies = replies;
        this.clock = clock;
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        LaneMessage lane = (LaneMessage) message;
        Attempt attempt = lane.attempt();
        try (Expense expense =
                attempt.lane().allowance().begin(attempt.recipients().size())) {
            send(lane, attempt, expense);
            faulty.set(false);
        } catch (NotNow e) {
            tell(attempt.lane().name(), e);
            Admission.withhold(attempt, e, clock);
        }
    }

    /** A fault once, until it is over. */
    private void tell(String lane, NotNow reason) {
        if (reason.fault() && !faulty.getAndSet(true)) {
            LOG.warn("lane {}: {}; its messages wait", lane, reason.why());
        }
    }

    private void send(LaneMessage message, Attempt attempt, Expense expense) {
        Runnable turn = () -> {
            expense.turn();
            attempt.begins(clock.instant());
        };
        try {
            SessionPool sessions = attempt.lane().sessions();
            List<RecipientReply> replies = sessions.send(attempt.envelope(), message.composed(), attempt.size(), turn);
            replies.forEach(said -> attempt.ended(said.recipient(), outcome(attempt, said)));
            expense.came(mayHaveIt(attempt), begun(replies), unheard(replies));
        } catch (UncheckedIOException e) {
            expense.came(0, true, false); // the message cannot be read, so nobody has got it
            throw e;
        } finally {
            attempt.ends(clock.instant());
        }
    }

    /** Who was not taken does not count against the day. Not so the uncertain ones: the server may have them. */
    private static int mayHaveIt(Attempt attempt) {
        return (int) attempt.outcomes().values().stream()
                .filter(outcome -> outcome instanceof Outcome.Accepted
                        || outcome instanceof Outcome.Deferred deferred
                                && deferred.verdict().action() == Action.UNCERTAIN)
                .count();
    }

    private static boolean begun(List<RecipientReply> replies) {
        return replies.stream().anyMatch(said -> said.stage().compareTo(Stage.MAIL) >= 0);
    }

    private static boolean unheard(List<RecipientReply> replies) {
        return replies.stream()
                .anyMatch(said ->
                        said.stage() == Stage.END_OF_DATA && said.reply().code() == Reply.NO_REPLY);
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
