package org.mailchute.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * What an application asks for its message beyond the message itself.
 *
 * @param notBefore it leaves no earlier
 * @param expires undelivered then, it is a dead letter
 * @param sender which lanes may carry it; empty for all that may send as its sender
 * @param answerTo where the application wants to hear of it: {@code queue:NAME}, {@code temp-queue:NAME} and so on
 */
public record Wishes(
        Optional<Instant> notBefore, Optional<Instant> expires, Optional<Sender> sender, Optional<String> answerTo) {
    /** Nothing in particular. */
    public static final Wishes NONE =
            new Wishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** As whom it is to be sent. */
    public enum Sender {
        /** As its sender, who is the mailbox that logs in. */
        OWN,
        /** As its sender, whoever logs in. */
        SEND_AS,
        /** As the lane's mailbox, with answers to the sender. */
        REWRITE
    }

    /** The same with a place for answers. */
    public Wishes answeredTo(Optional<String> place) {
        return new Wishes(notBefore, expires, sender, place);
    }
}
