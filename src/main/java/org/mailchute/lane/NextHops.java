package org.mailchute.lane;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.Refused;
import org.mailchute.nexthop.RoutingTable;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.mailchute.reply.Verdict.Scope;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;

/** {@code nextHops}: one claim check per lane, none larger than the lane takes recipients. */
public record NextHops(Supplier<RoutingTable> table, LaneChoice choice, Clock clock) {
    /** @throws Refused when a recipient has no rule or no lane; then nothing is enqueued for any of them */
    public List<ClaimCheck> deliveries(Ticket ticket) throws Refused {
        RoutingTable.Split split = table.get().split(ticket.header().from(), ticket.recipients());
        if (!split.unroutable().isEmpty()) {
            throw new Refused(
                    "no rule in next-hop covers " + names(split.unroutable()),
                    "add a rule for the domain to next-hop in mailchute.yaml, or correct the address");
        }
        List<ClaimCheck> deliveries = new ArrayList<>();
        for (Map.Entry<List<String>, List<ForwardPath>> part : split.lanes().entrySet()) {
            Lane lane = lane(part.getKey(), ticket);
            lane.transactions(part.getValue())
                    .forEach(chunk -> deliveries.add(new ClaimCheck(
                            ticket.queueId(), lane.name(), part.getKey(), chunk, 0, false, clock.instant())));
        }
        return deliveries;
    }

    /** Each recipient of what waits for a lane that is leaving goes on over another, or is given up. */
    void leave(Attempt attempt) {
        attempt.withheld(givenUp(attempt), Optional.of(clock.instant()));
        for (ForwardPath recipient : attempt.recipients()) {
            other(attempt.ticket(), recipient).ifPresent(lane -> attempt.ended(recipient, moved(attempt, lane)));
        }
    }

    /** One outcome for each lane that takes over, so that its recipients stay together. */
    private static Outcome moved(Attempt attempt, Lane to) {
        String why =
                "lane " + attempt.lane().name() + " is not in the settings any more: it goes on over lane " + to.name();
        return new Outcome.Deferred(Reply.none(why), new Verdict(Scope.SESSION, Action.PAUSE, why, "", Set.of()));
    }

    private static Outcome givenUp(Attempt attempt) {
        String cause = "Its lane " + attempt.lane().name()
                + " is not in the settings any more, and no rule of next-hop names another for the recipient.";
        String remedy =
                "Add a rule to next-hop or bring the lane back, then mailchute reload and mailchute dead replay.";
        return new Outcome.Rejected(Reply.none("not sent"), new Verdict(Scope.MESSAGE, Action.REJECT, cause, remedy));
    }

    /** The lane that carries mail of one that is leaving. */
    Optional<Lane> other(Ticket ticket, ForwardPath recipient) {
        return choice.first(lanes(ticket, recipient), ticket).filter(lane -> !lane.leaving());
    }

    /** Those that a rule names for mail to this recipient, in the order they are asked. */
    public List<String> lanes(Ticket ticket, ForwardPath recipient) {
        return table.get().lanes(ticket.header().from(), recipient);
    }

    private Lane lane(List<String> names, Ticket ticket) throws Refused {
        Optional<Wishes.Sender> wish = ticket.wishes().sender();
        return choice.first(names, ticket)
                .orElseThrow(
                        () -> wish.isPresent()
                                ? unwilling(names, wish.get())
                                : new Refused(
                                        "lane " + String.join(", ", names) + " sends for its own mailbox only, not for "
                                                + ticket.header().from() + " (envelope sender <" + ticket.reversePath()
                                                + ">)",
                                        "add a rule with this sender to next-hop, or set sender: send-as or rewrite for the lane"));
    }

    private static Refused unwilling(List<String> names, Wishes.Sender wish) {
        String word = wish.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Refused(
                "lane " + String.join(", ", names) + " does not send as senderPolicy \"" + word + "\" asks",
                "leave senderPolicy out, or set sender of the lane");
    }

    private static String names(List<ForwardPath> recipients) {
        return recipients.stream().map(ForwardPath::toString).collect(Collectors.joining(", "));
    }
}
