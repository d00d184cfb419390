package org.mailchute.lane;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Verdict;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Timing;

/** What an event says of a message, and of an attempt at it. */
public final class DeliveryEvents {
    private static final String HEARD_BEFORE =
            "heard before the gateway ended, or before the broker failed; not sent again";

    private DeliveryEvents() {}

    /** The message, and whom of its recipients the event is about. */
    public static DeliveryEvent.Draft about(DeliveryEvent.Draft event, Ticket ticket, List<ForwardPath> recipients) {
        return event.message(
                        ticket.queueId().value(),
                        ticket.messageId(),
                        ticket.source().label(),
                        ticket.octets())
                .envelope(ticket.reversePath().toString(), texts(recipients));
    }

    /**
     * What became of a part of an attempt.
     *
     * @param next when it is tried again
     */
    public static DeliveryEvent.Draft about(
            DeliveryEvent.Draft event, Attempt attempt, Part part, Optional<Instant> next) {
        Optional<Verdict> verdict = part.outcome().judged();
        return about(event, attempt.ticket(), part.recipients())
                .envelope(attempt.envelope().reversePath().toString(), texts(part.recipients()))
                .over(attempt.lane().name(), attempt.lane().option())
                .tried(
                        attempt.check().attempts() + 1,
                        new Timing(attempt.check().queuedAt(), attempt.took()))
                .because(
                        part.outcome().reply().toString(),
                        verdict.map(Verdict::cause).orElseGet(() -> whyAccepted(attempt)),
                        verdict.map(Verdict::remedy).orElse(""))
                .until(next);
    }

    private static String whyAccepted(Attempt attempt) {
        if (attempt.sentBefore().isPresent()) {
            return HEARD_BEFORE;
        }
        return attempt.check().uncertain() ? DeliveryEvent.PERHAPS_TWICE : "";
    }

    private static List<String> texts(List<ForwardPath> recipients) {
        return recipients.stream().map(ForwardPath::toString).toList();
    }
}
