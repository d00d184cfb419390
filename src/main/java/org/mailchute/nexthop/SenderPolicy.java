package org.mailchute.nexthop;

import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;

/**
 * As whom a lane sends. Exchange Online takes mail from the mailbox that logged in, or from an address it has the right to
 * Send As; else it answers 5.7.60 or 5.2.252 after the final dot.
 *
 * @param kind what is done with the sender
 * @param mailbox that logs in; empty for lanes without a login
 */
public record SenderPolicy(Kind kind, Optional<MailAddress> mailbox) {
    /** Direct send and relay: the sender stays, no mailbox is asked. */
    public static final SenderPolicy ANY = new SenderPolicy(Kind.SEND_AS, Optional.empty());

    /** What is done with the sender. */
    public enum Kind {
        /** It stays; the mailbox must have the right to Send As where it is another. */
        SEND_AS,
        /** The lane carries only what the mailbox itself sends. */
        OWN,
        /** Envelope sender and From become the mailbox, Reply-To the author. */
        REWRITE
    }

    /** @throws IllegalArgumentException when the kind needs a mailbox and there is none */
    public SenderPolicy {
        if (kind != Kind.SEND_AS && mailbox.isEmpty()) {
            throw new IllegalArgumentException("this sender policy needs a mailbox");
        }
    }

    /** Whether the lane carries mail with this envelope sender and author. */
    public boolean carries(ReversePath sender, MailAddress author) {
        return kind != Kind.OWN || isOwn(sender, author);
    }

    /** Whether the mailbox itself is envelope sender, where there is one, and author. */
    public boolean isOwn(ReversePath sender, MailAddress author) {
        return sender.address().filter(address -> !isMailbox(address)).isEmpty() && isMailbox(author);
    }

    private boolean isMailbox(MailAddress address) {
        return mailbox.filter(own -> own.toString().equalsIgnoreCase(address.toString()))
                .isPresent();
    }

    /** The mailbox that is to stand as the author; empty when the author stays. */
    public Optional<MailAddress> author() {
        return kind == Kind.REWRITE ? mailbox : Optional.empty();
    }

    /** The envelope sender on the wire. A mailbox that logs in has to name one, and may be sure of itself alone. */
    public ReversePath reversePath(ReversePath sender) {
        return author().isPresent() || sender.equals(ReversePath.NULL) ? new ReversePath(mailbox) : sender;
    }
}
