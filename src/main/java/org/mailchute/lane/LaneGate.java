package org.mailchute.lane;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailchute.deferred.Gate;
import org.mailchute.deferred.Shelves;
import org.mailchute.limits.LaneBook;
import org.mailchute.limits.LaneState;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.Rest;

/**
 * How much of what waits for a lane may go to its queue: an open lane takes it as its queue empties, so that fresh mail comes
 * soon; a held one takes some when its next probe is due, of which one probes and the others may find another lane.
 */
public final class LaneGate implements Gate {
    /** Some seconds' work of a lane without a limit. */
    private static final long READY = 1_000;

    private static final long SOME = 20;

    /** However much is ready some leave so often: what waited longest does not wait for fresh mail for ever. */
    private static final Duration AT_LEAST = Duration.ofMinutes(1);

    private final Map<String, Lane> lanes;
    private final LaneBook book;
    private final Shelves shelves;
    private final DiskRoom disk;
    private final Clock clock;

    /** When each lane took some last. */
    private final Map<String, Instant> took = new ConcurrentHashMap<>();

    public LaneGate(Map<String, Lane> lanes, LaneBook book, Shelves shelves, DiskRoom disk, Clock clock) {
        this.lanes = lanes;
        this.book = book;
        this.shelves = shelves;
        this.disk = disk;
        this.clock = clock;
    }

    /** Not while the disk is full: the broker would take nothing in the midst of it. */
    @Override
    public boolean moves() {
        return !disk.isClosed();
    }

    @Override
    public Collection<String> lanes() {
        return Collections.unmodifiableSet(lanes.keySet());
    }

    @Override
    public boolean isOpen(String name) {
        Lane lane = lanes.get(name);
        return lane != null && (lane.leaving() || book.state(name).mayRun(clock.instant()));
    }

    @Override
    public int openings(String name) {
        return book.openings(name);
    }

    @Override
    public long takes(String name) {
        Lane lane = lanes.get(name);
        if (lane == null) {
            return 0;
        }
        if (lane.leaving()) {
            return READY;
        }
        LaneState state = book.state(name);
        if (!state.mayRun(clock.instant())) {
            return 0;
        }
        long ready = Math.max(0, shelves.count(lane.queue()));
        if (probes(state)) {
            return ready == 0 ? SOME : 0;
        }
        return Math.max(room(lane, ready), turn(name));
    }

    private static boolean probes(LaneState state) {
        return state instanceof LaneState.Held && state.mayFallOver().isEmpty();
    }

    /** A minute's work at the most. */
    private static long room(Lane lane, long ready) {
        int aMinute = lane.limits().messagesPerMinute();
        long most = aMinute == 0 ? READY : Math.min(READY, aMinute);
        return most - ready;
    }

    private long turn(String name) {
        Instant now = clock.instant();
        Instant last = took.getOrDefault(name, Instant.MIN);
        if (Rest.lasts(last, AT_LEAST, now)) {
            return 0;
        }
        took.put(name, now);
        return SOME;
    }
}
