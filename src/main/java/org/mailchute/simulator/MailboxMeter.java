package org.mailchute.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What each mailbox has sent: recipients in 24 hours, and messages a minute with what is carried over. Messages are also counted
 * both ways a server may count them, at MAIL and at acceptance, for those who want to know the most in any sliding time.
 */
final class MailboxMeter {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Sent(Instant at, int recipients) {}

    private final Scenario.Limits limits;
    private final Clock clock;
    private final Map<String, Deque<Sent>> days = new HashMap<>();
    private final Map<String, Deque<Instant>> minutes = new HashMap<>();
    private final Map<String, List<Instant>> begun = new HashMap<>();
    private final Map<String, List<Instant>> taken = new HashMap<>();

    MailboxMeter(Scenario.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Counts these recipients, unless the day is full. */
    synchronized boolean takes(String mailbox, int recipients) {
        Instant now = clock.instant();
        Deque<Sent> day = days.computeIfAbsent(mailbox, first -> new ArrayDeque<>());
        while (!day.isEmpty() && !day.getFirst().at().plus(DAY).isAfter(now)) {
            day.removeFirst();
        }
        if (day.stream().mapToInt(Sent::recipients).sum() + recipients > limits.recipientsPerDay()) {
            return false;
        }
        day.addLast(new Sent(now, recipients));
        return true;
    }

    /** When a message that is taken now goes on: at once, or as soon as its minute has room. Asked once for each. */
    synchronized Instant leaves(String mailbox) {
        Instant now = clock.instant();
        taken.computeIfAbsent(mailbox, first -> new ArrayList<>()).add(now);
        Deque<Instant> last = minutes.computeIfAbsent(mailbox, first -> new ArrayDeque<>());
        Instant leaves = now;
        if (last.size() == limits.messagesPerMinute()) {
            Instant room = last.removeFirst().plus(MINUTE);
            leaves = room.isAfter(now) ? room : now;
        }
        last.addLast(leaves);
        return leaves;
    }

    /** MAIL came, whatever is said to it. */
    synchronized void began(String mailbox) {
        begun.computeIfAbsent(mailbox, first -> new ArrayList<>()).add(clock.instant());
    }

    synchronized Busiest busiest(Duration window) {
        Function<Map<String, List<Instant>>, Integer> most = times -> times.values().stream()
                .mapToInt(each -> Busiest.most(each, window))
                .max()
                .orElse(0);
        return new Busiest(most.apply(begun), most.apply(taken));
    }
}
