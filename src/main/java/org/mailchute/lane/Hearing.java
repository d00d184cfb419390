package org.mailchute.lane;

import java.util.List;
import java.util.Optional;
import org.mailchute.nexthop.NextHop;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.ReplyTable;
import org.mailchute.reply.Stage;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.smtp.HeardNote;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.RecipientReply;

/** What the server said becomes the outcomes of an attempt: said just now, or noted of an earlier one at the same delivery. */
public record Hearing(ReplyTable replies) {
    public void heard(Attempt attempt, List<RecipientReply> said) {
        said.forEach(one -> attempt.ended(one.recipient(), outcome(attempt, one)));
    }

    /**
     * Looks whether this delivery's final dot has left already: before a crash, or before a commit that failed. Then it is
     * not sent, whatever its lane is like now.
     *
     * @return whether it was so; the attempt has its outcomes then
     */
    public boolean recalls(Attempt attempt, HeardNotes.Turn turn) {
        Optional<HeardNote> noted = turn.noted();
        noted.ifPresent(note -> {
            attempt.recalls(note.dotLeft());
            heard(attempt, note.replies(attempt.envelope()));
        });
        return noted.isPresent();
    }

    private Outcome outcome(Attempt attempt, RecipientReply said) {
        NextHop from = attempt.lane().nextHop();
        if (!replies.knows(from.option(), from.service(), said.stage(), said.reply())) {
            attempt.unknown(said.stage(), said.reply());
        }
        Outcome outcome = replies.outcome(from.option(), from.service(), said.stage(), said.reply());
        return outcome.judged()
                .filter(verdict -> said.stage() == Stage.END_OF_DATA)
                .filter(Hearing::meansOneRecipient)
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
