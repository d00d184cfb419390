package org.mailchute.watch;

import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailchute.spool.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a file has stopped growing, by what we saw ourselves: size and time stamp unchanged for a while. A file's own age
 * says nothing, because Windows copies keep the time stamp of the original.
 *
 * <p>Names come again and again (SCN_0001.pdf), and nobody says when a file is gone: names not looked at for a while are
 * forgotten, but only when there are many, since the next look may be as far away as the poll interval.
 *
 * <p>Where files stand alone only so many are remembered as fit into memory. The others are passed over until some of these have left,
 * so that a folder that flows may hold more; one whose files stay is crowded.
 *
 * <p>Since when a file waits that stays for longer is noted on disk, so that a restart does not make it wait anew.
 */
public final class Stability {
    private static final Logger LOG = LoggerFactory.getLogger(Stability.class);
    /** Of those that are noted. */
    public static final int MOST = 20_000;

    private static final Duration NOTED_AFTER = Duration.ofMinutes(1);
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);
    private static final int MANY = 20_000;
    private static final int SHARE_OF_HEAP = 16;
    /** Every file is remembered. */
    public static final long ALL = Long.MAX_VALUE;

    /** Without one that leaves, beyond the time for which a file of any kind must be quiet. */
    private static final Duration CROWDED_AFTER = Duration.ofMinutes(10);

    private final Duration stableFor;
    private final Clock clock;
    private final Ledger notes;
    private final long most;
    /** The one not looked at for the longest time is the first. */
    private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

    private long octets;
    private boolean passedOver;
    /** When one was first passed over since the last that left. */
    private @Nullable Instant full;

    private record Seen(long size, long modified, Instant since, Instant last) {
        private String note() {
            return size + " " + modified + " " + since;
        }

        private static Seen of(String note) {
            String[] words = note.split(" ");
            Instant since = Instant.parse(words[2]);
            return new Seen(Long.parseLong(words[0]), Long.parseLong(words[1]), since, since);
        }
    }

    /**
     * @param stableFor how long unchanged; zero takes a file at the first look
     * @param notes of what an earlier run saw
     * @param most octets that may be used to remember files: {@link #ALL} or {@link #ofHeap}
     */
    public Stability(Duration stableFor, Clock clock, Ledger notes, long most) {
        this.stableFor = stableFor;
        this.clock = clock;
        this.notes = notes;
        this.most = most;
    }

    /** Octets for the files of one folder of this machine, each of which stands alone: with a heap of 64 MB some 7,000 at a time. */
    public static long ofHeap() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    boolean isLimited() {
        return most < ALL;
    }

    /** Whether this file is remembered or may be; else it is passed over now, and to be let alone. */
    public synchronized boolean hasRoomFor(String key) {
        if (octets < most || seen.containsKey(key)) {
            return true;
        }
        passedOver = true;
        full = full == null ? clock.instant() : full;
        return false;
    }

    /** It was taken, or need not be looked at any more. */
    public synchronized void forget(String key) {
        if (seen.remove(key) != null) {
            left(key);
        }
    }

    private void left(String key) {
        octets -= FolderRoom.remembered(key);
        full = null;
    }

    /** A look at all files begins. */
    void begin() {
        askedFor().stream().filter(key -> !new File(key).exists()).forEach(this::forget);
    }

    /** Somebody may have taken them away; that matters only where others wait for their room. */
    private synchronized List<String> askedFor() {
        List<String> keys = passedOver ? List.copyOf(seen.keySet()) : List.of();
        full = passedOver ? full : null;
        passedOver = false;
        return keys;
    }

    /** Whether files were passed over in this look, and none has left for so long that they seem to stay. */
    synchronized boolean isCrowded() {
        Duration patience = CROWDED_AFTER.plus(stableFor.multipliedBy(Growing.PATIENCE));
        return passedOver && full != null && !full.plus(patience).isAfter(clock.instant());
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
        @Nullable Seen before = seen.containsKey(key) ? seen.get(key) : noted(key);
        Instant since = before != null && unchanged(before, size, modified, now) ? before.since : now;
        Seen is = new Seen(size, modified, since, now);
        if (seen.put(key, is) == null) {
            octets += FolderRoom.remembered(key);
        }
        forgetUnseen(now);
        Duration unchanged = Duration.between(since, now);
        if (before != null && unchanged.compareTo(stableFor.plus(NOTED_AFTER)) >= 0) {
            note(key, is);
        }
        return unchanged;
    }

    private @Nullable Seen noted(String key) {
        return notes.get(key).map(Seen::of).orElse(null);
    }

    private void note(String key, Seen is) {
        if (!notes.get(key).orElse("").equals(is.note())) {
            try {
                notes.put(key, is.note());
            } catch (IOException e) {
                LOG.warn("since when files wait is not noted, and begins anew at the next start: {}", e.toString());
            }
        }
    }

    /** For how long it was unchanged at the last look. */
    public synchronized Duration unchanged(String key) {
        Seen last = seen.get(key);
        return last == null ? Duration.ZERO : Duration.between(last.since, last.last);
    }

    /** A clock that was set back begins the wait anew, lest a file waits until the old time comes again. */
    private static boolean unchanged(Seen before, long size, long modified, Instant now) {
        return before.size == size && before.modified == modified && !before.last.isAfter(now);
    }

    private void forgetUnseen(Instant now) {
        Instant oldest = now.minus(FORGET_AFTER).minus(stableFor);
        Iterator<Map.Entry<String, Seen>> eldest = seen.entrySet().iterator();
        while (seen.size() > MANY && eldest.hasNext()) {
            Map.Entry<String, Seen> first = eldest.next();
            if (!first.getValue().last.isBefore(oldest)) {
                return;
            }
            eldest.remove();
            left(first.getKey());
        }
    }

    /** How many files are remembered. */
    synchronized int remembered() {
        return seen.size();
    }
}
