package org.mailchute.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a file has stopped growing, by what we saw ourselves: size and time stamp unchanged for a while. A file's own age
 * says nothing, because Windows copies keep the time stamp of the original.
 *
 * <p>Names come again and again (SCN_0001.pdf), and nobody says when a file is gone: names not looked at for a while are
 * forgotten, but only when there are many, since the next look may be as far away as the poll interval.
 */
public final class Stability {
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);
    private static final int MANY = 20_000;

    private final Duration stableFor;
    private final Clock clock;
    /** The one not looked at for the longest time is the first. */
    private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

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
     * @param size octets; negative where it is not known
     */
    public boolean ready(String key, long size, long modified) {
        return look(key, size, modified).compareTo(stableFor) >= 0 && size != 0;
    }

    /** How long a file must be unchanged. */
    public Duration stableFor() {
        return stableFor;
    }

    /** One look at a file: for how long it has been seen unchanged. */
    public synchronized Duration look(String key, long size, long modified) {
        Instant now = clock.instant();
        Seen before = seen.get(key);
        Instant since = before != null && unchanged(before, size, modified, now) ? before.since : now;
        seen.put(key, new Seen(size, modified, since, now));
        forgetUnseen(now);
        return Duration.between(since, now);
    }

    /** A clock that was set back begins the wait anew, lest a file waits until the old time comes again. */
    private static boolean unchanged(Seen before, long size, long modified, Instant now) {
        return before.size == size && before.modified == modified && !before.last.isAfter(now);
    }

    private void forgetUnseen(Instant now) {
        Instant oldest = now.minus(FORGET_AFTER).minus(stableFor);
        Iterator<Seen> eldest = seen.values().iterator();
        while (seen.size() > MANY && eldest.hasNext() && eldest.next().last.isBefore(oldest)) {
            eldest.remove();
        }
    }

    /** How many files are remembered. */
    synchronized int remembered() {
        return seen.size();
    }
}
