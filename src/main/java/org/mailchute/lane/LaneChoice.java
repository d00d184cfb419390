package org.mailchute.lane;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.LaneState;
import org.mailchute.message.MessageComposer;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.reply.Option;
import org.mailchute.spool.ClaimCheck;
import org.mailchute.spool.Ticket;
import org.mailchute.spool.Wishes;

/** Which of a rule's lanes carries a delivery: at first, and when its lane is stopped or has spent its budget. */
public record LaneChoice(Map<String, Lane> lanes, LaneBook book, MessageComposer composer, Clock clock) {
    /**
     * The first lane that may send as this sender and has room now, else the first that may; of those that the ticket spares only where
     * there is no other. One that is leaving only where all are: by then the rules are about to change, and it passes on what it gets.
     * Empty when none may.
     */
    public Optional<Lane> first(List<String> names, Ticket ticket) {
        List<Lane> all = carrying(names, ticket)
                .sorted(Comparator.comparing(lane -> ticket.wishes().spares(lane.name())))
                .toList();
        List<Lane> staying = all.stream().filter(lane -> !lane.leaving()).toList();
        return staying.isEmpty() ? all.stream().findFirst() : first(staying);
    }

    private Optional<Lane> first(List<Lane> all) {
        return all.stream()
                .filter(lane -> mayRun(lane) && lane.allowance().hindrance(1).isEmpty())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /**
     * Another lane for what this one cannot send now: open, with room for all of these recipients and for the message.
     *
     * @param mayFallOver the options that the reason allows. A lane of the same option may take over whenever any other
     *     may: it is another mailbox or connector, and the reason was not abuse
     */
    public Optional<Lane> instead(ClaimCheck check, Ticket ticket, Set<Option> mayFallOver) {
        Option option = lane(check.lane()).nextHop().option();
        return carrying(check.lanes(), ticket)
                .filter(lane -> !lane.leaving() && !lane.name().equals(check.lane()))
                .filter(lane -> lane.nextHop().option() == option
                        ? !mayFallOver.isEmpty()
                        : mayFallOver.contains(lane.nextHop().option()))
                .filter(lane -> !(book.state(lane.name()) instanceof LaneState.Held) && mayRun(lane))
                .filter(lane -> hasRoom(lane, check, ticket))
                .findFirst();
    }

    private boolean hasRoom(Lane lane, ClaimCheck check, Ticket ticket) {
        return lane.transactions(check.recipients()).size() == 1
                && lane.allowance().hindrance(check.recipients().size()).isEmpty()
                && composer.encodedSize(ticket) <= lane.limits().messageBytes();
    }

    private Stream<Lane> carrying(List<String> names, Ticket ticket) {
        return names.stream()
                .filter(lanes::containsKey) // since it was enqueued, one may have been taken out of the settings
                .map(this::lane)
                .filter(lane -> lane.sender()
                        .carries(ticket.reversePath(), ticket.header().from()))
                .filter(lane -> grants(lane.sender(), ticket));
    }

    /** Whether the lane sends as whom the application wants it sent; the settings alone say what a lane does. */
    private static boolean grants(SenderPolicy policy, Ticket ticket) {
        Optional<Wishes.Sender> wish = ticket.wishes().sender();
        return wish.isEmpty()
                || switch (wish.get()) {
                    case OWN ->
                        policy.isOwn(ticket.reversePath(), ticket.header().from());
                    case SEND_AS -> policy.kind() != SenderPolicy.Kind.REWRITE;
                    case REWRITE -> policy.kind() == SenderPolicy.Kind.REWRITE;
                };
    }

    private boolean mayRun(Lane lane) {
        return book.state(lane.name()).mayRun(clock.instant());
    }

    private Lane lane(String name) {
        return Objects.requireNonNull(lanes.get(name), () -> "no lane is named " + name);
    }
}
