package org.mailchute.lane;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Priority;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/** What becomes of a message that cannot be read from the spool, and what is still known of it. */
public final class Unreadable {
    private static final Ticket.Source UNKNOWN = new Ticket.Source("unknown", "unknown", "", "");

    private Unreadable() {}

    /** For good: a person may bring it back from a backup. */
    public static Outcome forGood(String what) {
        String cause = "The message is spoilt on the gateway's own disk: " + what + ".";
        String remedy =
                "Let it be sent again by its sender, and drop this one; or bring the file back from a backup of home"
                        + " and replay. Look for a fault of the disk.";
        return new Outcome.Rejected(Reply.none("not sent"), new Verdict(Scope.MESSAGE, Action.REJECT, cause, remedy));
    }

    /** For now. */
    public static Outcome now(String what) {
        String cause = "The message cannot be read from the gateway's own disk: " + what + ".";
        String remedy = "Mend its permissions, or look for a fault of the disk.";
        return new Outcome.Deferred(Reply.none("not sent"), new Verdict(Scope.MESSAGE, Action.RETRY, cause, remedy));
    }

    /** To tell of the message, or to free it. */
    public static Ticket ticket(Spool spool, ClaimCheck check) {
        try {
            return spool.read(check.queueId());
        } catch (IOException | IllegalArgumentException e) {
            return unknown(check);
        }
    }

    /** Nothing is ever sent by it: its addresses and Message-ID are nobody's (RFC 2606). */
    private static Ticket unknown(ClaimCheck check) {
        MailAddress nobody = MailAddress.parse("unknown@ticket.invalid");
        return new Ticket(
                check.queueId(),
                "<" + check.queueId() + "@ticket.invalid>",
                check.queuedAt(),
                UNKNOWN,
                new ReversePath(Optional.of(nobody)),
                check.recipients(),
                new Ticket.Header(nobody, "", List.of(), List.of(), Optional.empty(), "", Map.of()),
                "",
                Optional.empty(),
                List.of(),
                Priority.NORMAL,
                Optional.empty());
    }
}
