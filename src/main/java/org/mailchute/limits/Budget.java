package org.mailchute.limits;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one mailbox may still send in a sliding time: messages in a minute or an hour, recipients in 24 hours (promise P6). It is
 * kept across kill -9, restart and steps of the clock, and counts as the strictest server would: see {@link SlidingCount}.
 *
 * <p>What is taken stands in the file before {@link #take} returns, so after a kill too much may be counted, never too little.
 * The file is not forced to the disk each time. Where lines may be missing, since the machine itself went down, a minute counts
 * as full; of a day the last seconds may be lost, and Microsoft then refuses a few recipients for a while. Safe between
 * threads; one process a file.
 */
public final class Budget implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);
    private static final int LINES_BEFORE_COMPACTION = 20_000;
    /** The server's clock runs a little faster or slower than ours, and every time is cut to a millisecond. */
    private static final Duration MARGIN = Duration.ofMillis(200);
    /** What left us unanswered, from the buffers of a killed process above all, may arrive so much later. */
    static final Duration UNHEARD = Duration.ofMinutes(1);
    /** No longer time is so short that waiting it out costs less than a doubt. */
    private static final Duration SHORT = Duration.ofMinutes(2);

    private static final String FULL = "its time counts as full once";
    private static final String TOO_FEW =
            "fewer are counted than were sent, and Microsoft may refuse some recipients until that time has passed";

    private final int limit;
    private final boolean shortTime;
    private final Clock clock;
    private final Uptime uptime;
    private final SlidingCount count;
    private final Optional<BudgetFile> file;
    private final Map<Long, Integer> underWay = new TreeMap<>();
    private long ids;

    private Budget(int limit, Duration window, Clock clock, Uptime uptime, Optional<BudgetFile> file) {
        this.limit = limit;
        this.shortTime = window.compareTo(SHORT) <= 0;
        this.clock = clock;
        this.uptime = uptime;
        this.count = new SlidingCount(window.plus(MARGIN));
        this.file = file;
    }

    /**
     * Reads what was taken before, and shortens the file.
     *
     * @param file made when it is not there, its folder too; not touched when {@code limit} is 0
     * @param limit at most in {@code window}, 0 for no limit
     * @param clock tells people when there is room again; and how long the machine was down
     */
    public static Budget open(Path file, int limit, Duration window, Clock clock, Uptime uptime) throws IOException {
        if (limit == 0) {
            return new Budget(0, window, clock, uptime, Optional.empty());
        }
        Optional<BudgetPast> past = BudgetFile.read(file);
        BudgetFile journal = new BudgetFile(file);
        Budget budget = new Budget(limit, window, clock, uptime, Optional.of(journal));
        if (past.filter(BudgetPast::spoilt).isPresent()) {
            LOG.warn("{}: lines cannot be read and are left out: {}", file, budget.shortTime ? FULL : TOO_FEW);
        }
        past.ifPresent(budget::remember);
        budget.compact(journal);
        return budget;
    }

    /** How what was noted before counts now. What was under way may have come to its end this moment, or may yet. */
    private synchronized void remember(BudgetPast past) {
        long now = uptime.millis();
        boolean same = uptime.continues(past.boot()) && past.uptime() <= now + MARGIN.toMillis();
        long shift = same ? 0 : now - past.uptime() - down(past);
        past.ended().forEach((at, used) -> count.add(used, at + shift));
        count.add(past.underWay(), now + UNHEARD.toMillis());
        if ((past.spoilt() || !same && !past.closed()) && shortTime) {
            count.add(limit, now); // what is known may be old beside what is not
        }
    }

    /** Between two starts of the machine only its clock can tell, and that may be wrong. */
    private long down(BudgetPast past) {
        return shortTime ? 0 : Math.max(0, clock.millis() - past.epoch());
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
        if (file.isEmpty()) {
            return Optional.of(new Spending(0, 0));
        }
        if (many < 1 || many > limit) {
            throw new IllegalArgumentException(many + " at once, with a limit of " + limit);
        }
        if (count.used(uptime.millis()) + many > most) {
            return Optional.empty();
        }
        BudgetFile journal = file.get();
        if (journal.lines() >= LINES_BEFORE_COMPACTION) {
            compact(journal);
        }
        journal.append("take " + (ids + 1) + " " + many);
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
        long now = uptime.millis();
        count.end(begun, used, now + (unheard ? UNHEARD.toMillis() : 0));
        try {
            file.orElseThrow()
                    .append((unheard ? "lost " : "end ") + id + " " + used + " " + now + " " + clock.millis());
        } catch (IOException e) {
            LOG.warn("a budget cannot be written, and counts {} too many after a restart: {}", begun, e.toString());
        }
    }

    int limit() {
        return limit;
    }

    /** What may be taken now; {@link Long#MAX_VALUE} without a limit. */
    public synchronized long left() {
        return file.isEmpty() ? Long.MAX_VALUE : Math.max(0, limit - count.used(uptime.millis()));
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
        if (file.isEmpty()) {
            return 0;
        }
        long now = uptime.millis();
        long missing = count.used(now) + many - most;
        return missing <= 0 ? 0 : Math.max(1, count.left(now, missing) - now);
    }

    private synchronized void compact(BudgetFile journal) throws IOException {
        List<String> lines = new ArrayList<>();
        long now = uptime.millis();
        count.used(now);
        lines.add("run " + uptime.boot() + " " + now + " " + clock.millis());
        count.byEnd().forEach((at, used) -> lines.add("kept " + used + " " + at));
        underWay.forEach((id, many) -> lines.add("take " + id + " " + many));
        journal.replace(lines);
    }

    private void closes(BudgetFile journal) {
        try {
            journal.append("closed " + uptime.millis() + " " + clock.millis());
        } catch (IOException e) {
            LOG.warn(
                    "a budget cannot be written; after a restart of the machine its minute counts as full: {}",
                    e.toString());
        }
    }

    /** Notes that nothing is missing. What is under way stays so for the next run. */
    @Override
    public synchronized void close() throws IOException {
        if (file.isPresent()) {
            try (BudgetFile journal = file.get()) {
                closes(journal);
            }
        }
    }
}
