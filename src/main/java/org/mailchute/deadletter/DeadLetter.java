package org.mailchute.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.SpoolJson;

/**
 * A delivery that ended without success, kept until a person decides.
 *
 * @param check ticket, lane and recipients
 * @param time when it was given up
 * @param reply what the server said last; {@code no reply: ...} where it said nothing
 * @param reason why, for the help desk
 * @param remedy what to do
 */
public record DeadLetter(ClaimCheck check, Instant time, String reply, String reason, String remedy) {
    /**
     * From a message of the queue. A claim check there is a delivery that Mailchute itself failed on ten times; the broker put
     * it there.
     *
     * @param sent when the message was
     * @throws IllegalArgumentException when it is none of ours
     */
    public static DeadLetter read(String json, Instant sent) {
        if (json.contains("\"check\":")) {
            return SpoolJson.read(json, DeadLetter.class);
        }
        return new DeadLetter(
                SpoolJson.read(json, ClaimCheck.class),
                sent,
                "no reply: not sent",
                "Mailchute itself failed on this delivery ten times; its log says how",
                "report the log lines with this queue id, then replay");
    }

    /**
     * The same for those recipients that are meant.
     *
     * @param only this one; empty for all
     * @return empty when none of its recipients is
     */
    public Optional<DeadLetter> of(Optional<ForwardPath> only) {
        return part(meant(only));
    }

    /** What is left of it without those. */
    public Optional<DeadLetter> without(Optional<ForwardPath> only) {
        return part(meant(only).negate());
    }

    private static Predicate<ForwardPath> meant(Optional<ForwardPath> only) {
        return recipient -> only.isEmpty() || only.get().equals(recipient);
    }

    private Optional<DeadLetter> part(Predicate<ForwardPath> which) {
        List<ForwardPath> part = check.recipients().stream().filter(which).toList();
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeadLetter(check.forRecipients(part), time, reply, reason, remedy));
    }
}
