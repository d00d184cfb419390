package org.mailchute.deadletter;

import java.util.List;
import java.util.Optional;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;

/**
 * What a dead letter comes to when a person has decided; it is a dead letter no more.
 *
 * @param recipients whom it is about now
 * @param again what is enqueued; empty when nothing is
 * @param ticket as far as it is known
 * @param told the event that tells of it
 */
public record Settlement(List<ForwardPath> recipients, Optional<ClaimCheck> again, Ticket ticket, DeliveryEvent told) {
    public Settlement {
        recipients = List.copyOf(recipients);
    }
}
