package org.mailchute.lane;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.LaneState;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Reply;
import org.mailchute.reply.Verdict;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/**
 * Closes and opens lanes by what their servers say, and tells of each change once (promise P5).
 *
 * @param events takes what is told of a lane
 */
public record LaneStops(LaneBook book, Clock clock, Consumer<DeliveryEvent> events) {
    /** What one attempt showed of its lane. An attempt that never asked the server shows nothing. */
    void note(Attempt attempt, Collection<Outcome> outcomes) {
        if (attempt.notBefore().isPresent()) {
            return;
        }
        Lane lane = attempt.lane();
        outcomes.stream()
                .flatMap(outcome -> outcome.judged().stream())
                .forEach(verdict -> lane.allowance().pace().ease(verdict.ease()));
        attempt.unknown().forEach(reply -> unknown(lane, reply));
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Deferred deferred && stopsLane(deferred.verdict())) {
                stop(lane, deferred.reply(), deferred.verdict());
                attempt.waitsForItsLane(book.nextRun(lane.name()));
                return;
            }
        }
        boolean works = attempt.sentBefore().isEmpty() && outcomes.stream().anyMatch(LaneStops::showsThatItWorks);
        if (works && book.succeeded(lane.name())) {
            opened(lane, "");
        }
    }

    /** A server that turns the session away for now has shown nothing of what the lane was stopped for. */
    private static boolean showsThatItWorks(Outcome outcome) {
        return outcome.reply().code() != Reply.NO_REPLY
                && outcome.judged()
                        .filter(verdict -> verdict.scope() == Verdict.Scope.SESSION)
                        .isEmpty();
    }

    /**
     * What the outcomes mean, seen with what this lane has heard before: a refusal that lasts may hold or pause it.
     *
     * @param said the recipients of each outcome
     */
    Map<Outcome, List<ForwardPath>> lasting(Attempt attempt, Map<Outcome, List<ForwardPath>> said) {
        String lane = attempt.lane().name();
        List<String> accepted = texts(said.entrySet().stream()
                .filter(part -> part.getKey() instanceof Outcome.Accepted)
                .flatMap(part -> part.getValue().stream()));
        if (!accepted.isEmpty()) {
            book.accepted(lane, accepted);
        }
        Map<Outcome, List<ForwardPath>> meant = new LinkedHashMap<>();
        for (Map.Entry<Outcome, List<ForwardPath>> part : said.entrySet()) {
            Outcome outcome = accepted.isEmpty() ? lasting(lane, part.getKey(), part.getValue()) : part.getKey();
            meant.computeIfAbsent(outcome, same -> new ArrayList<>()).addAll(part.getValue());
        }
        return meant;
    }

    private Outcome lasting(String lane, Outcome outcome, List<ForwardPath> recipients) {
        Optional<Verdict> verdict =
                outcome.judged().filter(known -> known.lasting().isPresent());
        if (verdict.isEmpty()) {
            return outcome;
        }
        Verdict now = book.heard(lane, verdict.get(), texts(recipients.stream()));
        return now.equals(verdict.get()) ? outcome : new Outcome.Deferred(outcome.reply(), now);
    }

    private static List<String> texts(Stream<ForwardPath> recipients) {
        return recipients.map(ForwardPath::toString).toList();
    }

    /** Counted, and told with what a row for it needs; addresses in it are nobody's business. */
    private void unknown(Lane lane, Attempt.Unknown said) {
        String reply = said.reply().toString().replaceAll("[^\\s<>,;:=]+@", "***@");
        events.accept(event(
                Kind.REPLY_UNKNOWN,
                lane,
                reply,
                "no row knows this reply (" + said.stage().label() + "); its first digit decided",
                "add a row for it to the file that gateway.replies names",
                Optional.empty()));
    }

    /** Tells of it when it is news. Also for a fault that is known before any message, so that {@code lanes} shows it at once. */
    public void stop(Lane lane, Reply reply, Verdict verdict) {
        if (book.stop(lane.name(), verdict, Optional.empty())) {
            tell(lane, reply, verdict);
        }
    }

    /**
     * By hand: nothing leaves over the lane, not even a probe, until it is released.
     *
     * @param by whose
     */
    public void hold(Lane lane, String by) {
        book.holdByHand(lane.name(), by);
        LaneState.Held held = (LaneState.Held) book.state(lane.name());
        events.accept(event(Kind.LANE_HELD, lane, "", held.cause(), held.remedy(), Optional.empty()));
    }

    /**
     * By hand: what waits for the lane leaves now.
     *
     * @param by whose
     * @return whether it was stopped
     */
    public boolean release(Lane lane, String by) {
        boolean stopped = book.release(lane.name());
        if (stopped) {
            opened(lane, "released by " + by);
        }
        return stopped;
    }

    private void opened(Lane lane, String reason) {
        events.accept(event(Kind.LANE_OPEN, lane, "", reason, "", Optional.empty()));
    }

    /** A limit on some recipients only (mail to the outside, 5.7.233) must not stop mail to the others. */
    private static boolean stopsLane(Verdict verdict) {
        return verdict.stopsLane() && verdict.scope() != Verdict.Scope.RECIPIENT;
    }

    private void tell(Lane lane, Reply reply, Verdict verdict) {
        Kind kind = verdict.action() == Verdict.Action.HOLD ? Kind.LANE_HELD : Kind.LANE_PAUSED;
        events.accept(event(
                kind,
                lane,
                reply.toString(),
                verdict.cause(),
                verdict.remedy(),
                Optional.of(book.nextRun(lane.name()))));
    }

    private DeliveryEvent event(
            Kind kind, Lane lane, String reply, String reason, String remedy, Optional<Instant> next) {
        return DeliveryEvent.of(kind, clock.instant())
                .over(lane.name(), lane.option())
                .because(reply, reason, remedy)
                .until(next)
                .event();
    }
}
