package org.mailchute.limits;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import org.mailchute.limits.Budget.Spending;

/**
 * Who wants to begin a message waits here for its turn, first come first served, until the mailbox's minute has room. The turn
 * lasts to the end of the message and a minute longer: whatever takes time between them, a login or a slow reply, only makes
 * the rate a little less (30 messages in a minute and the time of one). Safe between threads.
 */
public final class Turns {
    /** The share may rise, or a turn end unused, without anybody telling us. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private static final String ENDS = "the gateway stops, or its lane is about to change";
    private static final Duration UNWRITTEN = Duration.ofMinutes(1);

    private final Budget minute;
    private final Budget hour;
    private final IntUnaryOperator share;
    private final Clock clock;
    private final ReentrantLock queue = new ReentrantLock(true);
    private boolean over;

    /**
     * @param minute its messages
     * @param hour its messages, where an hour has a limit too (Azure Communication Services); nobody waits so long here
     * @param share how much of its limit may be used at the moment, 1 or more
     */
    Turns(Budget minute, Budget hour, IntUnaryOperator share, Clock clock) {
        this.minute = minute;
        this.hour = hour;
        this.share = share;
        this.clock = clock;
    }

    /** A message may be begun. */
    public static final class Turn {
        private final Spending minute;
        private final Spending hour;

        private Turn(Spending minute, Spending hour) {
            this.minute = minute;
            this.hour = hour;
        }

        /**
         * The message has ended. Only the first call counts.
         *
         * @param begun whether MAIL was said at all
         * @param unheard the server did not answer, so it may yet take the message
         */
        public void end(boolean begun, boolean unheard) {
            minute.end(begun ? 1 : 0, unheard);
            hour.end(begun ? 1 : 0, unheard);
        }
    }

    /**
     * Waits for a turn; it stands on file when this returns.
     *
     * @throws NotNow when the hour is spent, when nobody waits any more, or when it cannot be written down
     */
    public Turn next() {
        Spending ofHour = ofHour();
        try {
            return new Turn(ofMinute(), ofHour);
        } catch (NotNow e) {
            ofHour.end(0, false);
            throw e;
        }
    }

    private Spending ofHour() {
        try {
            return hour.take(1).orElseThrow(() -> NotNow.spent("this hour's budget of messages", hour.nextFree()));
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private Spending ofMinute() {
        try {
            queue.lockInterruptibly();
            try {
                return waited();
            } finally {
                queue.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotNow.hindered(ENDS, Optional.empty());
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private synchronized Spending waited() throws InterruptedException, IOException {
        while (true) {
            int most = share.applyAsInt(minute.limit());
            Optional<Spending> mine = minute.take(1, most);
            if (mine.isPresent()) {
                return mine.get();
            }
            if (over) {
                throw NotNow.hindered(ENDS, Optional.empty());
            }
            wait(Math.max(1, Math.min(LOOK_AGAIN_MILLIS, minute.untilFree(1, most))));
        }
    }

    /** How many wait, about. */
    int waiting() {
        return queue.getQueueLength() + (queue.isLocked() ? 1 : 0);
    }

    NotNow unwritten(IOException e) {
        return NotNow.hindered(
                "what is sent cannot be noted, so nothing is: " + e.getMessage(),
                Optional.of(clock.instant().plus(UNWRITTEN)));
    }

    /** Nobody waits for a turn any more: who does is told so at once. */
    public synchronized void end() {
        over = true;
        notifyAll();
    }
}
