package org.mailchute.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What each mailbox has sent: recipients in 24 hours, and messages a minute with what is carried over. */
final class MailboxMeter {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Sent(Instant at, int recipients) {}

    private final Scenario.Limits limits;
    private final Clock clock;
    private final Map<String, Deque<Sent>> days = new HashMap<>();
    private final Map<String, Deque<Instant>> minutes = new HashMap<>();

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

    /** When a message that is taken now goes on: at once, or as soon as its minute has room. */
    synchronized Instant leaves(String mailbox) {
        Instant now = clock.instant();
        Deque<Instant> last = minutes.computeIfAbsent(mailbox, first -> new ArrayDeque<>());
        Instant leaves = now;
        if (last.size() == limits.messagesPerMinute()) {
            Instant room = last.removeFirst().plus(MINUTE);
            leaves = room.isAfter(now) ? room : now;
        }
        last.addLast(leaves);
        return leaves;
    }
}
