package org.mailchute.limits;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a mailbox may send, for all lanes that log in as it (promise P6). A lane without a login has one of its own. Safe between
 * threads.
 *
 * @param recipients of 24 hours
 * @param messages of an hour
 * @param minute messages of a minute
 * @param turns lets one message after the other begin
 * @param pace how fast it goes at the moment
 */
public record Allowance(Budget recipients, Budget messages, Budget minute, Turns turns, Pace pace)
        implements Closeable {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    /**
     * Reads what was sent before.
     *
     * @param name of the mailbox; there are up to three journals that begin with it
     */
    public static Allowance open(BudgetJournals journals, String name, SendingLimits limits, Clock clock, Uptime uptime)
            throws IOException {
        Budget recipients = Budget.open(journals, name + ".day", limits.recipientsPerDay(), DAY, clock, uptime);
        Budget messages = Budget.open(journals, name + ".hour", limits.messagesPerHour(), HOUR, clock, uptime);
        Budget minute = Budget.open(journals, name + ".minute", limits.messagesPerMinute(), MINUTE, clock, uptime);
        Pace pace =
                new Pace(limits.sessions(), Burst.of(limits.messagesPerMinute()).messages(), clock);
        Turns turns = new Turns(minute, messages, pace::share, clock);
        return new Allowance(recipients, messages, minute, turns, pace);
    }

    /** Why one message for so many recipients may not leave yet, the minute apart; empty when it may. */
    public Optional<NotNow> hindrance(int many) {
        Optional<Instant> day = recipients.whenFree(many);
        Optional<Instant> hour = messages.whenFree(1);
        return day.isPresent() && hour.filter(time -> time.isAfter(day.get())).isEmpty()
                ? day.map(time -> NotNow.spent("today's budget of recipients", time))
                : hour.map(time -> NotNow.spent("this hour's budget of messages", time));
    }

    /** When a message for one may leave, the minute apart; now while there is room. */
    public Instant nextFree() {
        Instant day = recipients.nextFree();
        Instant hour = messages.nextFree();
        return day.isAfter(hour) ? day : hour;
    }

    /**
     * Begins a message for so many recipients.
     *
     * @throws NotNow when there is no room for them
     */
    public Expense begin(int many) {
        try {
            return new Expense(
                    recipients
                            .take(many)
                            .orElseThrow(() -> NotNow.spent(
                                    "today's budget of recipients",
                                    recipients.whenFree(many).orElse(recipients.nextFree()))),
                    many,
                    turns);
        } catch (IOException e) {
            throw turns.unwritten(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Budget each : Stream.of(recipients, messages, minute).toList()) {
            each.close();
        }
    }
}
