package org.mailchute.lane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.reply.Outcome;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;

/** What an attempt came to: recipients with one outcome become one part; what was tried often enough is given up. */
public record Parts(Supplier<RetrySchedule> retries, LaneStops stops) {
    /** Each recipient is in one of them; the lane is closed or opened by what was said. */
    public List<Part> of(Attempt attempt) {
        Map<Outcome, List<ForwardPath>> byOutcome = new LinkedHashMap<>();
        stops.lasting(attempt, said(attempt))
                .forEach((outcome, recipients) -> byOutcome
                        .computeIfAbsent(lastChance(attempt, outcome), same -> new ArrayList<>())
                        .addAll(recipients));
        stops.note(attempt, byOutcome.keySet());
        return byOutcome.entrySet().stream()
                .flatMap(part -> attempt.parts(part.getValue()).stream().map(some -> new Part(part.getKey(), some)))
                .toList();
    }

    private static Map<Outcome, List<ForwardPath>> said(Attempt attempt) {
        Map<Outcome, List<ForwardPath>> said = new LinkedHashMap<>();
        attempt.outcomes()
                .forEach((recipient, outcome) ->
                        said.computeIfAbsent(outcome, same -> new ArrayList<>()).add(recipient));
        return said;
    }

    /** What is between us and the server seems to cut this message each time; once more would only be one more copy. */
    private static Outcome mayHaveArrived(Outcome.Deferred again) {
        return new Outcome.Rejected(
                again.reply(),
                new Verdict(
                        again.verdict().scope(),
                        Action.REJECT,
                        "It may have arrived, once or more often: each time the connection broke, or the gateway ended, after the"
                                + " message was sent.",
                        "Ask the recipient. If it did not arrive, look for a firewall that cuts long messages, then replay."));
    }

    private Outcome lastChance(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Deferred again
                && again.verdict().action() == Action.UNCERTAIN
                && attempt.check().uncertain()) {
            return mayHaveArrived(again);
        }
        if (!(outcome instanceof Outcome.Deferred deferred)
                || deferred.verdict().stopsLane()
                || retries.get().wait(attempt.check().attempts() + 1).isPresent()) {
            return outcome;
        }
        Verdict verdict = deferred.verdict();
        String cause = "given up after " + (attempt.check().attempts() + 1) + " attempts: " + verdict.cause();
        String remedy = verdict.remedy().isEmpty() ? "replay it when the cause is gone" : verdict.remedy();
        return new Outcome.Rejected(deferred.reply(), new Verdict(verdict.scope(), Action.REJECT, cause, remedy));
    }
}
