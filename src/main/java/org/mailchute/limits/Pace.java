package org.mailchute.limits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.mailchute.reply.Ease;

/**
 * How fast a mailbox goes at the moment: as its limits allow, less after the server complained, and back again step by step
 * while it does not. Lost at a restart, which costs one more complaint. Safe between threads.
 */
public final class Pace {
    /** Without a complaint for so long, one step back to normal. */
    private static final Duration CALM = Duration.ofMinutes(5);
    /** Where a lane without a limit begins to be slowed. */
    private static final int ALREADY_FAST = 16;

    private final int mostSessions;
    private final int mostMessages;
    private final Clock clock;
    private int sessions;
    private int messages;
    private Instant changed;

    /**
     * @param sessions at most, 1 to 50
     * @param messages at most in each period of the lane's {@link Burst}
     */
    public Pace(int sessions, int messages, Clock clock) {
        this.mostSessions = sessions;
        this.mostMessages = messages;
        this.clock = clock;
        this.sessions = sessions;
        this.messages = messages;
        this.changed = clock.instant();
    }

    /** Sessions at a time, now. */
    public synchronized int sessions() {
        recover();
        return sessions;
    }

    /** Messages in each period of the lane's {@link Burst}, now; the maximum of the route's Throttler. */
    public synchronized int messages() {
        recover();
        return messages;
    }

    /** Of a limit of messages in any longer time, what may be used now: as much less as the Throttler lets through less. */
    synchronized int share(int limit) {
        recover();
        return (int) Math.max(1, (long) limit * messages / mostMessages);
    }

    /** For people, when it goes slower than it may; empty else. */
    public synchronized String slowed() {
        recover();
        return sessions == mostSessions && messages == mostMessages
                ? ""
                : "%d of %d sessions, %d of %d messages at a time"
                        .formatted(sessions, mostSessions, messages, mostMessages);
    }

    /** The server complained: one session fewer, or half the messages; never less than one. */
    public synchronized void ease(Ease what) {
        recover();
        switch (what) {
            case SESSIONS -> sessions = Math.max(1, sessions - 1);
            case RATE -> messages = Math.max(1, Math.min(messages, ALREADY_FAST) / 2);
            case NOTHING -> {
                return;
            }
        }
        changed = clock.instant();
    }

    /** Others of the same mailbox may be open still, which its server counts: one for ten minutes, and one more after each while. */
    public synchronized void oneSession() {
        sessions = 1;
        changed = clock.instant().plus(CALM);
    }

    private void recover() {
        Instant now = clock.instant();
        while ((sessions < mostSessions || messages < mostMessages) && !now.isBefore(changed.plus(CALM))) {
            changed = changed.plus(CALM);
            sessions = Math.min(mostSessions, sessions + 1);
            messages = messages >= ALREADY_FAST ? mostMessages : Math.min(mostMessages, messages * 2);
        }
    }
}
