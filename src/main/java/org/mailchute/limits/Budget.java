package org.mailchute.limits;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The recipients one mailbox may still send to in a sliding 24 hours (Microsoft: 10,000), kept across kill -9 and restart
 * (promise P6). What is reserved is on file before MAIL is sent, so after a crash too much may be counted, never too
 * little. The file is not forced to the disk at each reservation: a power cut may lose the last seconds of the count, and
 * Microsoft then refuses a few recipients for a while.
 *
 * <p>Counted in buckets of one minute, so at most 1,441 of them are in memory. Safe between threads; one process a file.
 */
public final class Budget implements Closeable {
    private static final long WINDOW_MINUTES = 24 * 60;
    private static final int LINES_BEFORE_COMPACTION = 20_000;

    private final int limit;
    private final Clock clock;
    private final Optional<BudgetFile> file;
    /** Minute since the epoch to recipients. */
    private final TreeMap<Long, Long> buckets = new TreeMap<>();

    private Budget(int limit, Clock clock, Optional<BudgetFile> file) {
        this.limit = limit;
        this.clock = clock;
        this.file = file;
    }

    /**
     * Reads what was reserved before, and shortens the file.
     *
     * @param file made when it is not there, its folder too; not touched when {@code limit} is 0
     * @param limit recipients in 24 hours, 0 for no limit
     */
    public static Budget open(Path file, int limit, Clock clock) throws IOException {
        if (limit == 0) {
            return new Budget(0, clock, Optional.empty());
        }
        BudgetFile journal = new BudgetFile(file);
        Budget budget = new Budget(limit, clock, Optional.of(journal));
        journal.read((second, recipients) -> budget.count(second / 60, recipients));
        budget.forgetOld();
        journal.compact(budget.buckets);
        return budget;
    }

    /**
     * Takes so many recipients out of the budget. Call before MAIL.
     *
     * @return empty when reserved; else when enough will be free, nothing being reserved
     * @throws IllegalArgumentException when it is more than the whole limit, which will never be free
     * @throws IOException when it cannot be written down; nothing is reserved
     */
    public synchronized Optional<Instant> reserve(int recipients) throws IOException {
        if (limit == 0) {
            return Optional.empty();
        }
        if (recipients < 1 || recipients > limit) {
            throw new IllegalArgumentException(recipients + " recipients at once, with a limit of " + limit + " a day");
        }
        forgetOld();
        if (recipients > left()) {
            return Optional.of(whenFree(recipients - left()));
        }
        write(recipients);
        return Optional.empty();
    }

    /**
     * Returns what was reserved and not sent.
     *
     * @throws IOException when it cannot be written down; it then stays counted
     */
    public synchronized void giveBack(int recipients) throws IOException {
        if (limit != 0 && recipients > 0) {
            forgetOld();
            write(-recipients);
        }
    }

    /** Recipients that may be reserved now; {@link Long#MAX_VALUE} without a limit. */
    public synchronized long left() {
        forgetOld();
        return limit == 0 ? Long.MAX_VALUE : Math.max(0, limit - used());
    }

    /** When at least one recipient may be reserved; now while there are any left. */
    public synchronized Instant nextFree() {
        return left() > 0 ? clock.instant() : whenFree(1);
    }

    @Override
    public synchronized void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    private long used() {
        return buckets.values().stream().mapToLong(Long::longValue).sum();
    }

    private void write(int recipients) throws IOException {
        BudgetFile journal = file.orElseThrow();
        if (journal.lines() >= LINES_BEFORE_COMPACTION) {
            journal.compact(buckets);
        }
        long second = clock.instant().getEpochSecond();
        journal.append(second, recipients);
        count(second / 60, recipients);
    }

    /** What is given back is taken from the newest buckets: it was reserved a moment ago. */
    private void count(long minute, long recipients) {
        if (recipients > 0) {
            buckets.merge(minute, recipients, Long::sum);
            return;
        }
        long rest = -recipients;
        while (rest > 0 && !buckets.isEmpty()) {
            Map.Entry<Long, Long> newest = buckets.pollLastEntry();
            if (newest.getValue() > rest) {
                buckets.put(newest.getKey(), newest.getValue() - rest);
            }
            rest -= newest.getValue();
        }
    }

    /** A bucket is forgotten when its last second has left the window. */
    private void forgetOld() {
        long minute = clock.instant().getEpochSecond() / 60;
        bringBack(minute);
        buckets.headMap(minute - WINDOW_MINUTES).clear();
    }

    /** After the clock was put back, what lies in the future counts as sent now: it is forgotten in 24 hours, not later. */
    private void bringBack(long minute) {
        while (!buckets.isEmpty() && buckets.lastKey() > minute) {
            buckets.merge(minute, buckets.pollLastEntry().getValue(), Long::sum);
        }
    }

    private Instant whenFree(long missing) {
        long minute = 0;
        for (Map.Entry<Long, Long> bucket : buckets.entrySet()) {
            minute = bucket.getKey();
            missing -= bucket.getValue();
            if (missing <= 0) {
                break;
            }
        }
        return Instant.ofEpochSecond((minute + WINDOW_MINUTES + 1) * 60);
    }
}
