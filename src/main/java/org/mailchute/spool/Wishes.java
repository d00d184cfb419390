package org.mailchute.spool;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What an application asks for its message beyond the message itself.
 *
 * @param notBefore it leaves no earlier
 * @param expires undelivered then, it is a dead letter
 * @param sender which lanes may carry it; empty for all that may send as its sender
 * @param answers where the application wants to hear of it
 * @param spared lanes that carry it only where no other can
 */
public record Wishes(
        Optional<Instant> notBefore,
        Optional<Instant> expires,
        Optional<Sender> sender,
        Optional<Answers> answers,
        Optional<Set<String>> spared) {
    /** Nothing in particular. */
    public static final Wishes NONE =
            new Wishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whatever lane carries it. */
    public Wishes(
            Optional<Instant> notBefore,
            Optional<Instant> expires,
            Optional<Sender> sender,
            Optional<Answers> answers) {
        this(notBefore, expires, sender, answers, Optional.empty());
    }

    /** Of a notice about these lanes. */
    public static Wishes sparing(Set<String> lanes) {
        return new Wishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(lanes));
    }

    /** As whom it is to be sent. */
    public enum Sender {
        /** As its sender, who is the mailbox that logs in. */
        OWN,
        /** As its sender, whoever logs in. */
        SEND_AS,
        /** As the lane's mailbox, with answers to the sender. */
        REWRITE
    }

    /**
     * Where delivery events are sent as answers.
     *
     * @param place {@code queue:NAME} or {@code topic:NAME}
     * @param correlation becomes their JMSCorrelationID
     * @param requestId the application's own name for its request; empty when it gave none
     */
    public record Answers(String place, String correlation, String requestId) {
        /** Answers about the request of this id. */
        public Answers about(String id) {
            return new Answers(place, correlation, id);
        }
    }

    /** Whether this lane is to carry it only where no other can. */
    public boolean spares(String lane) {
        return spared.filter(lanes -> lanes.contains(lane)).isPresent();
    }

    /** The same with a place for answers. */
    public Wishes answered(Optional<Answers> where) {
        return new Wishes(notBefore, expires, sender, where, spared);
    }
}
