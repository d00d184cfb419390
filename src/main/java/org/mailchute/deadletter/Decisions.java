package org.mailchute.deadletter;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.lane.Unreadable;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoiltMessage;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** What replay and drop make of a dead letter. */
public record Decisions(Spool spool, Supplier<RoutingTable> table, Supplier<AcceptPolicy> accept, Clock clock) {
    /**
     * Sends again, from the first attempt on.
     *
     * @param corrected in place of the recipients; empty for themselves
     * @throws Refused when nobody may send to the corrected address, or no lane carries it
     */
    public Decision replay(QueueId id, Optional<ForwardPath> corrected, Person by) throws IOException, Refused {
        if (corrected.isEmpty()) {
            return letter -> replay(letter, again(letter.check()), "sent again by " + by);
        }
        accept.get().recipient(corrected.get().address());
        List<String> lanes = lanes(id, corrected.get());
        if (lanes.isEmpty()) {
            throw new Refused("no rule in next-hop covers " + corrected.get(), "correct the address");
        }
        return letter -> replay(
                letter,
                corrected(letter.check(), corrected.get(), lanes),
                "sent again by " + by + " in place of " + letter.check().recipients());
    }

    private Settlement replay(DeadLetter letter, ClaimCheck again, String reason) throws IOException, Refused {
        Ticket ticket = toSend(again.queueId());
        DeliveryEvent told = told(Kind.REPLAYED, letter, ticket, again.recipients(), reason);
        return new Settlement(again.recipients(), Optional.of(again), ticket, told);
    }

    private ClaimCheck again(ClaimCheck check) {
        return new ClaimCheck(
                check.queueId(),
                check.lane(),
                check.lanes(),
                check.recipients(),
                0,
                check.uncertain(),
                clock.instant());
    }

    /** At that address nothing has arrived. */
    private ClaimCheck corrected(ClaimCheck check, ForwardPath address, List<String> lanes) {
        return new ClaimCheck(check.queueId(), lanes.get(0), lanes, List.of(address), 0, false, clock.instant());
    }

    private Ticket toSend(QueueId id) throws IOException, Refused {
        try {
            return spool.whole(id);
        } catch (SpoiltMessage e) {
            throw new Refused(
                    e.getMessage() + ", so it cannot be sent", "bring it back from a backup of home, or drop it");
        }
    }

    /** Empty when no rule covers the recipient, or the message is gone. */
    private List<String> lanes(QueueId id, ForwardPath recipient) throws IOException {
        return spool.has(id) ? table.get().lanes(spool.read(id).header().from(), recipient) : List.of();
    }

    /** Throws away; the spool frees what nobody needs any more. */
    public Settlement drop(DeadLetter letter, Person by) {
        Ticket ticket = Unreadable.ticket(spool, letter.check());
        List<ForwardPath> recipients = letter.check().recipients();
        DeliveryEvent told = told(Kind.DROPPED, letter, ticket, recipients, "dropped by " + by);
        return new Settlement(recipients, Optional.empty(), ticket, told);
    }

    private DeliveryEvent told(
            Kind kind, DeadLetter letter, Ticket ticket, List<ForwardPath> recipients, String reason) {
        return DeliveryEvents.about(DeliveryEvent.of(kind, clock.instant()), ticket, recipients)
                .over(letter.check().lane(), "")
                .because("", reason, "")
                .event();
    }
}
