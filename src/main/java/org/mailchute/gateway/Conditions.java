package org.mailchute.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailchute.broker.Queues;
import org.mailchute.intakes.IntakeKind;
import org.mailchute.lane.Lane;
import org.mailchute.limits.LaneState;
import org.mailchute.management.Managed;
import org.mailchute.notice.Condition;

/** What an administrator must see to now. Told of by notices; the bounds are those of the alerts. */
final class Conditions {
    private static final long PILE = 25;
    private static final long BEHIND = 1_000;
    /** A burst is no trouble yet, nor is a share that is away for a moment. */
    private static final Duration LASTING = Duration.ofMinutes(5);

    private final Managed gateway;
    private final Collection<IntakeKind> intakes;
    private final ProofEnds proofs;
    private final Clock clock;
    private final Map<String, Instant> since = new HashMap<>();

    Conditions(Managed gateway, Collection<IntakeKind> intakes, ProofEnds proofs, Clock clock) {
        this.gateway = gateway;
        this.intakes = intakes;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** For one thread. */
    List<Condition> now() {
        List<Condition> all = new ArrayList<>();
        gateway.lanes().values().stream().filter(lane -> !lane.leaving()).forEach(lane -> {
            held(lane).ifPresent(all::add);
            budget(lane).ifPresent(all::add);
        });
        proofs.ending().forEach((of, end) -> all.add(ends(of, end)));
        List<Condition> perhaps = new ArrayList<>();
        intakes.forEach(intake -> trouble(intake).ifPresent(perhaps::add));
        behind().ifPresent(perhaps::add);
        all.addAll(lasting(perhaps));
        piled().ifPresent(all::add);
        return all;
    }

    private List<Condition> lasting(List<Condition> perhaps) {
        Instant now = clock.instant();
        since.keySet().retainAll(perhaps.stream().map(Condition::key).toList());
        return perhaps.stream()
                .filter(condition -> !now.isBefore(
                        since.computeIfAbsent(condition.key(), key -> now).plus(LASTING)))
                .toList();
    }

    private Optional<Condition> held(Lane lane) {
        return gateway.book().state(lane.name()) instanceof LaneState.Held held
                ? Optional.of(new Condition(
                        "held:" + lane.name(),
                        Optional.of(lane.name()),
                        "Lane " + lane.name() + " is held, its messages wait",
                        held.cause(),
                        held.remedy()))
                : Optional.empty();
    }

    /** Nine tenths are spent, or more waits than is left. */
    private Optional<Condition> budget(Lane lane) {
        long limit = lane.limits().recipientsPerDay();
        if (limit == 0) {
            return Optional.empty();
        }
        long left = lane.allowance().recipients().left();
        long waiting = gateway.inLane().applyAsLong(lane);
        return left * 10 >= limit && waiting <= left
                ? Optional.empty()
                : Optional.of(new Condition(
                        "budget:" + lane.name(),
                        Optional.of(lane.name()),
                        "The budget of lane " + lane.name() + " will not last the day",
                        "%,d of %,d recipients in 24 hours are left, and %,d deliveries wait"
                                .formatted(left, limit, Math.max(0, waiting)),
                        "Find who sends so much in the mail log, or give the rule of next-hop a second lane; what is beyond"
                                + " waits."));
    }

    private static Condition ends(String of, Instant end) {
        return new Condition(
                "proof:" + of,
                Optional.empty(),
                "The certificate or secret of " + of + " ends at " + end,
                "",
                "Renew it before. A new certificate is used by the next session; for a new secret set secretEnds anew, then mailchute reload (the console's wants a restart).");
    }

    private static Optional<Condition> trouble(IntakeKind intake) {
        return intake.trouble()
                .map(
                        what -> new Condition(
                                "intake:" + intake.name(),
                                Optional.empty(),
                                "Intake " + intake.name() + " " + what,
                                "",
                                "The log says why; mend the folder, its rights or the server. What waits there is taken then."));
    }

    private Optional<Condition> behind() {
        long waiting = gateway.inQueue().applyAsLong(Queues.TRACE);
        return gateway.trace()
                .filter(kept -> waiting > BEHIND)
                .map(
                        kept -> new Condition(
                                "trace",
                                Optional.empty(),
                                "The trace is behind; mail goes on",
                                "%,d events are not in it yet".formatted(waiting),
                                "Look at the database of trace.url, or at the disk below home; what waits is written by itself then."));
    }

    private Optional<Condition> piled() {
        long dead = gateway.inQueue().applyAsLong(Queues.DEAD_LETTERS);
        return dead < PILE
                ? Optional.empty()
                : Optional.of(new Condition(
                        "dead-letters",
                        Optional.empty(),
                        "Dead letters pile up",
                        "%,d wait for somebody's decision".formatted(dead),
                        "mailchute dead list tells of each; then mailchute dead replay or mailchute dead drop."));
    }
}
