package org.mailchute.steps;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mailchute.deadletter.DeadLetter;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.lane.NextHops;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.LaneState;
import org.mailchute.notice.Matter;
import org.mailchute.notice.NoticeBook;
import org.mailchute.spool.KeptMessages;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;

/** The messages that still wait: they are in the spool, and no dead letters. What asked for a later time is not delayed. */
public record Delays(Spool spool, DeadLetterDesk desk, NextHops nextHops, LaneBook lanes, Clock clock) {
    /** Of those that came in this time, one by one, since there may be very many. */
    public void each(NoticeBook.Span span, Consumer<Matter> delayed) throws IOException, JMSException {
        List<QueueId> here = spool.kept().between(span.from(), span.to());
        Map<QueueId, Set<ForwardPath>> dead = here.isEmpty() ? Map.of() : dead(here);
        for (QueueId id : here) {
            delayed(id, dead.getOrDefault(id, Set.of())).ifPresent(delayed);
        }
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
        return spool.kept().message(id).flatMap(kept -> delayed(kept, dead));
    }

    private Optional<Matter> delayed(KeptMessages.Kept kept, Set<ForwardPath> dead) {
        Ticket ticket = kept.ticket();
        List<ForwardPath> waiting = kept.waiting().stream()
                .filter(recipient -> !dead.contains(recipient))
                .toList();
        boolean asked =
                ticket.wishes().notBefore().filter(clock.instant()::isBefore).isPresent();
        return waiting.isEmpty() || asked || Matter.isNotice(ticket.source().label())
                ? Optional.empty()
                : Optional.of(new Matter(Matter.What.DELAYED, event(ticket, waiting)));
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
