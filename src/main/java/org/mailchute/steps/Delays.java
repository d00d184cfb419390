package org.mailchute.steps;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.lane.NextHops;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.LaneState;
import org.mailchute.notice.Matter;
import org.mailchute.notice.NoticeBook;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;

/** The messages that still wait: they are in the spool, and no dead letters. What asked for a later time is not delayed. */
public record Delays(Spool spool, DeadLetterDesk desk, NextHops nextHops, LaneBook lanes, Clock clock) {
    /** Of those that came in this time. */
    List<Matter> in(NoticeBook.Span span) throws IOException, JMSException {
        List<QueueId> here = spool.between(span.from(), span.to());
        List<Matter> delayed = new ArrayList<>();
        if (here.isEmpty()) {
            return delayed;
        }
        Map<QueueId, Set<ForwardPath>> dead = dead(here);
        for (QueueId id : here) {
            delayed(id, dead.getOrDefault(id, Set.of())).ifPresent(delayed::add);
        }
        return delayed;
    }

    private Map<QueueId, Set<ForwardPath>> dead(List<QueueId> these) throws JMSException {
        Set<QueueId> meant = new HashSet<>(these);
        Map<QueueId, Set<ForwardPath>> dead = new HashMap<>();
        for (DeadLetter letter : desk.list()) {
            if (meant.contains(letter.check().queueId())) {
                dead.computeIfAbsent(letter.check().queueId(), id -> new HashSet<>())
                        .addAll(letter.check().recipients());
            }
        }
        return dead;
    }

    private Optional<Matter> delayed(QueueId id, Set<ForwardPath> dead) throws IOException {
        List<ForwardPath> waiting = spool.waiting(id).stream()
                .filter(recipient -> !dead.contains(recipient))
                .toList();
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Ticket ticket = spool.read(id);
        boolean asked =
                ticket.wishes().notBefore().filter(clock.instant()::isBefore).isPresent();
        if (asked || Matter.isNotice(ticket.source().label())) {
            return Optional.empty();
        }
        return Optional.of(new Matter(Matter.What.DELAYED, event(ticket, waiting)));
    }

    private DeliveryEvent event(Ticket ticket, List<ForwardPath> waiting) {
        DeliveryEvent.Draft event =
                DeliveryEvents.about(DeliveryEvent.of(DeliveryEvent.Kind.DEFERRED, clock.instant()), ticket, waiting);
        return nextHops.lanes(ticket, waiting.get(0)).stream()
                .map(lanes::state)
                .filter(state -> !(state instanceof LaneState.Open))
                .findFirst()
                .map(state -> because(event, state))
                .orElseGet(() ->
                        event.because("", "The server has not taken it yet.", "mailchute trace tells of each attempt"))
                .event();
    }

    private static DeliveryEvent.Draft because(DeliveryEvent.Draft event, LaneState state) {
        return state instanceof LaneState.Held held
                ? event.because("", held.cause(), held.remedy())
                : event.because("", ((LaneState.Paused) state).cause(), ((LaneState.Paused) state).remedy());
    }
}
