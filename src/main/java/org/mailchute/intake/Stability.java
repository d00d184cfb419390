package org.mailchute.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a file has stopped growing, by what we saw ourselves: size and time stamp unchanged for a while. A file's own age
 * says nothing, because Windows copies keep the time stamp of the original.
 */
public final class Stability {
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
    private static final int SWEEP_EVERY = 10_000;

    private final Duration stableFor;
    private final Clock clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private int looks;

    private record Seen(long size, long modified, Instant since, Instant last) {}

    /** @param stableFor how long unchanged; zero takes a file at the first look */
    public Stability(Duration stableFor, Clock clock) {
        this.stableFor = stableFor;
        this.clock = clock;
    }

    /**
     * One look at a file. An empty file is never ready: it is a placeholder.
     *
     * @param key names the file among all that this object sees
     */
    public synchronized boolean ready(String key, long size, long modified) {
        Instant now = clock.instant();
        forgetUnseen(now);
        Seen before = seen.get(key);
        Instant since = before != null && before.size == size && before.modified == modified ? before.since : now;
        seen.put(key, new Seen(size, modified, since, now));
        return size > 0 && !since.plus(stableFor).isAfter(now);
    }

    /** Names come again and again (SCN_0001.pdf): what was not looked at for a while is another file. */
    private void forgetUnseen(Instant now) {
        if (++looks % SWEEP_EVERY == 0) {
            Instant oldest = now.minus(FORGET_AFTER).minus(stableFor);
            seen.values().removeIf(file -> file.last.isBefore(oldest));
        }
    }

    /** How many files are remembered. */
    synchronized int remembered() {
        return seen.size();
    }
}
