package org.mailchute.limits;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Where a {@link Budget} notes what is taken of it, for the next run. Its budget calls it from one thread at a time. */
public interface BudgetJournal extends Closeable {
    /** What left us unanswered, from the buffers of a killed process above all, may arrive so much later. */
    Duration UNHEARD = Duration.ofMinutes(1);

    /**
     * What the runs before have noted.
     *
     * @param ended how many ended when, in milliseconds of this run's {@link Uptime}
     * @param underWay how many had begun, and how that ended nobody knows
     * @param full more may have been sent than is noted
     */
    record Past(Map<Long, Long> ended, long underWay, boolean full) {}

    /** Asked once, before anything is noted. */
    Past past() throws IOException;

    /**
     * So many begin; it is noted when this returns.
     *
     * @throws IOException when it cannot be; nothing begins then
     */
    void begins(long id, int many) throws IOException;

    /**
     * They have ended now.
     *
     * @param used of them
     * @param unheard they may yet arrive, for as long as {@link #UNHEARD}
     */
    void ends(long id, int used, boolean unheard) throws IOException;

    /** Whether it is time to leave out what counts no longer. */
    boolean isLong();

    /**
     * Leaves out what counts no longer.
     *
     * @param ended what does, as in {@link Past}
     * @param underWay begun, by their ids
     */
    void shorten(Map<Long, Long> ended, Map<Long, Integer> underWay) throws IOException;
}
