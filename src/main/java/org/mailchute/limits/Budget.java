package org.mailchute.limits;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one mailbox may still send in a sliding time: messages in a minute or an hour, recipients in 24 hours (promise P6). It is
 * kept across kill -9, restart and steps of the clock, and counts as the strictest server would: see {@link SlidingCount}.
 *
 * <p>What is taken stands in its {@link BudgetJournal} before {@link #take} returns, so after a kill too much may be counted, never too
 * little. Safe between threads.
 */
public final class Budget implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);
    /** The server's clock runs a little faster or slower than ours, and every time is cut to a millisecond. */
    static final Duration MARGIN = Duration.ofMillis(200);

    private final int limit;
    private final Clock clock;
    private final Uptime uptime;
    private final SlidingCount count;
    private final Optional<BudgetJournal> journal;
    private final Map<Long, Integer> underWay = new TreeMap<>();
    private long ids;

    private Budget(int limit, Duration window, Clock clock, Uptime uptime, Optional<BudgetJournal> journal) {
        this.limit = limit;
        this.clock = clock;
        this.uptime = uptime;
        this.count = new SlidingCount(window.plus(MARGIN));
        this.journal = journal;
    }

    /**
     * Goes on where the last run was.
     *
     * @param journals where there is one of this name; not asked when {@code limit} is 0
     * @param limit at most in {@code window}, 0 for no limit
     * @param clock tells people when there is room again
     */
    public static Budget open(
            BudgetJournals journals, String name, int limit, Duration window, Clock clock, Uptime uptime)
            throws IOException {
        if (limit == 0) {
            return new Budget(0, window, clock, uptime, Optional.empty());
        }
        BudgetJournal journal = journals.open(name, window, clock, uptime);
        Budget budget = new Budget(limit, window, clock, uptime, Optional.of(journal));
        budget.remember(journal.past());
        budget.shorten(journal);
        return budget;
    }

    /** What was under way may have come to its end this moment, or may yet. */
    private synchronized void remember(BudgetJournal.Past past) {
        long now = uptime.millis();
        past.ended().forEach((at, used) -> count.add(used, at));
        count.add(past.underWay(), now + BudgetJournal.UNHEARD.toMillis());
        if (past.full()) {
            count.add(limit, now); // what is known may be old beside what is not
        }
    }

    /**
     * Takes so many out of it. Call before the first word of a message.
     *
     * @return empty when there is no room for them; nothing is taken then
     * @throws IllegalArgumentException when it is more than the whole limit, for which there will never be room
     * @throws IOException when it cannot be written down; nothing is taken
     */
    public Optional<Spending> take(int many) throws IOException {
        return take(many, limit);
    }

    /** @param most at the moment, up to the limit */
    synchronized Optional<Spending> take(int many, int most) throws IOException {
        if (journal.isEmpty()) {
            return Optional.of(new Spending(0, 0));
        }
        if (many < 1 || many > limit) {
            throw new IllegalArgumentException(many + " at once, with a limit of " + limit);
        }
        if (count.used(uptime.millis()) + many > most) {
            return Optional.empty();
        }
        if (journal.get().isLong()) {
            shorten(journal.get());
        }
        journal.get().begins(ids + 1, many);
        underWay.put(++ids, many);
        count.begin(many);
        return Optional.of(new Spending(ids, many));
    }

    /** What was taken for one message, until it has ended. */
    public final class Spending {
        private final long id;
        private final int begun;

        private Spending(long id, int begun) {
            this.id = id;
            this.begun = begun;
        }

        /**
         * The message has ended: what it used counts from now. Only the first call counts.
         *
         * @param used of what was taken
         * @param unheard the server did not answer, so it may yet take the message
         */
        public void end(int used, boolean unheard) {
            ended(id, begun, used, unheard);
        }
    }

    private synchronized void ended(long id, int begun, int used, boolean unheard) {
        if (underWay.remove(id) == null) {
            return;
        }
        Duration later = unheard ? BudgetJournal.UNHEARD : Duration.ZERO;
        count.end(begun, used, uptime.millis() + later.toMillis());
        try {
            journal.orElseThrow().ends(id, used, unheard);
        } catch (IOException e) {
            LOG.warn("a budget cannot be written, and counts {} too many after a restart: {}", begun, e.toString());
        }
    }

    int limit() {
        return limit;
    }

    /** What may be taken now; {@link Long#MAX_VALUE} without a limit. */
    public synchronized long left() {
        return journal.isEmpty() ? Long.MAX_VALUE : Math.max(0, limit - count.used(uptime.millis()));
    }

    /** When so many may be taken; empty for now. */
    public synchronized Optional<Instant> whenFree(int many) {
        long wait = untilFree(many, limit);
        return wait == 0 ? Optional.empty() : Optional.of(clock.instant().plusMillis(wait));
    }

    /** When at least one may be taken; now while there is room. */
    public Instant nextFree() {
        return whenFree(1).orElseGet(clock::instant);
    }

    /** Milliseconds, 0 for now. */
    synchronized long untilFree(int many, int most) {
        if (journal.isEmpty()) {
            return 0;
        }
        long now = uptime.millis();
        long missing = count.used(now) + many - most;
        return missing <= 0 ? 0 : Math.max(1, count.left(now, missing) - now);
    }

    private synchronized void shorten(BudgetJournal all) throws IOException {
        count.used(uptime.millis());
        all.shorten(count.byEnd(), underWay);
    }

    /** What is under way stays so for the next run. */
    @Override
    public synchronized void close() throws IOException {
        if (journal.isPresent()) {
            journal.get().close();
        }
    }
}
