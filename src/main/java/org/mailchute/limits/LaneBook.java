package org.mailchute.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.mailchute.limits.LaneState.Held;
import org.mailchute.limits.LaneState.Open;
import org.mailchute.limits.LaneState.Paused;
import org.mailchute.reply.Verdict;
import org.mailchute.reply.Verdict.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of every lane, on disk and so the same after a restart (promise P5). A change is on disk before the method
 * returns; it tells whether there was one, so that the caller can write one event a change. Safe between threads.
 */
public final class LaneBook {
    private static final Logger LOG = LoggerFactory.getLogger(LaneBook.class);

    /** Waits before the first, second, ... probe of a held lane; the last one goes on for ever. */
    private static final List<Duration> PROBES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15));

    /** How soon a delivery asks again whether the administrator still holds the lane, should nothing let it leave before. */
    private static final Duration BY_HAND = Duration.ofMinutes(15);

    private final LaneFiles files;
    private final Clock clock;
    private final Duration pause;
    private final Function<String, Duration> probeCap;
    private final Map<String, LaneState> states;
    private final LaneCauses causes;
    private final Map<String, Integer> openings = new TreeMap<>();

    /**
     * Reads the states of the last run.
     *
     * @param folder {@code <home>/lanes}; made when it is not there
     * @param pause how long a lane is paused when the server names no time
     * @param probeCap for a lane, the longest wait between two probes while it is held
     */
    public LaneBook(Path folder, Clock clock, Duration pause, Function<String, Duration> probeCap) throws IOException {
        this.files = new LaneFiles(folder);
        this.clock = clock;
        this.pause = pause;
        this.probeCap = probeCap;
        this.states = new TreeMap<>(LaneFiles.read(folder));
        this.causes = new LaneCauses(folder);
    }

    /** A lane nothing was ever said of is open. */
    public synchronized LaneState state(String lane) {
        return states.getOrDefault(lane, new Open());
    }

    /** Every lane something was said of, by name. */
    public synchronized Map<String, LaneState> states() {
        return Collections.unmodifiableMap(new TreeMap<>(states));
    }

    /**
     * Whether a delivery may go out over this lane now. Of a held lane only one may, as a probe: who is told yes has taken
     * it, and the next one is due later.
     */
    public synchronized boolean mayRun(String lane) {
        Instant now = clock.instant();
        LaneState state = state(lane);
        if (!state.mayRun(now)) {
            return false;
        }
        if (state instanceof Held held) {
            probed(lane, held);
        }
        return true;
    }

    private void probed(String lane, Held held) {
        int probes = held.probes() + 1;
        Instant next = clock.instant().plus(probeWait(lane, probes));
        put(lane, new Held(held.since(), held.cause(), held.remedy(), held.mayFallOver(), Optional.of(next), probes));
    }

    /** When a delivery that may not run now should ask again; now for an open lane. */
    public synchronized Instant nextRun(String lane) {
        Instant now = clock.instant();
        LaneState state = state(lane);
        if (state instanceof Paused paused) {
            return paused.until();
        }
        return state instanceof Held held ? held.nextProbe().orElse(now.plus(BY_HAND)) : now;
    }

    /**
     * Pauses or holds the lane as the verdict says.
     *
     * @param until for a pause, when it ends; empty for the default
     * @return whether that is news: another state or cause than before, or a pause after the last one had ended
     * @throws IllegalArgumentException when the verdict stops no lane
     */
    public synchronized boolean stop(String lane, Verdict verdict, Optional<Instant> until) {
        if (!verdict.stopsLane()) {
            throw new IllegalArgumentException("stops no lane: " + verdict);
        }
        if (heldByHand(lane)) {
            return false; // a delivery that was under way
        }
        return verdict.action() == Action.PAUSE ? pause(lane, verdict, until) : hold(lane, verdict);
    }

    private boolean pause(String lane, Verdict verdict, Optional<Instant> until) {
        Instant now = clock.instant();
        Optional<Paused> before = state(lane) instanceof Paused paused ? Optional.of(paused) : Optional.empty();
        boolean same =
                before.filter(paused -> paused.cause().equals(verdict.cause())).isPresent();
        Optional<Instant> lasts = before.map(Paused::until).filter(now::isBefore);
        int times = same ? before.get().times() + (lasts.isPresent() ? 0 : 1) : 1;
        Instant end = until.orElseGet(() -> now.plus(pause(verdict, times)));
        put(
                lane,
                new Paused(
                        lasts.filter(end::isBefore).orElse(end),
                        verdict.cause(),
                        verdict.remedy(),
                        verdict.mayFallOver(),
                        times));
        return lasts.isEmpty() || !same;
    }

    /** What has just begun may be over in a moment; each time it is not, twice as long. A server that asks for longer gets it. */
    private Duration pause(Verdict verdict, int times) {
        Duration first = verdict.waitAtLeast();
        Duration grown = first.multipliedBy(1L << Math.min(times - 1, 10));
        Duration longest = first.compareTo(pause) > 0 ? first : pause;
        return first.isZero() || grown.compareTo(longest) > 0 ? longest : grown;
    }

    /** Deliveries that were under way when the lane was held must not push the next probe further off. */
    private boolean hold(String lane, Verdict verdict) {
        Instant now = clock.instant();
        if (state(lane) instanceof Held before) {
            boolean news = !before.cause().equals(verdict.cause());
            if (news) {
                put(lane, held(before.since(), verdict, before.nextProbe(), before.probes()));
            }
            return news;
        }
        put(lane, held(now, verdict, Optional.of(now.plus(probeWait(lane, 0))), 0));
        return true;
    }

    private static Held held(Instant since, Verdict verdict, Optional<Instant> nextProbe, int probes) {
        return new Held(since, verdict.cause(), verdict.remedy(), verdict.mayFallOver(), nextProbe, probes);
    }

    /**
     * An administrator holds the lane: nothing probes it, no other lane takes over, and only {@link #release} opens it.
     *
     * @param by who that is
     */
    public synchronized void holdByHand(String lane, String by) {
        String remedy = "mailchute lanes release " + lane;
        put(lane, new Held(clock.instant(), "held by " + by, remedy, Set.of(), Optional.empty(), 0));
    }

    private boolean heldByHand(String lane) {
        return state(lane) instanceof Held held && held.byHand();
    }

    /**
     * The lane works: the server accepted a message, or refused one for the message's own sake.
     *
     * @return whether that opened it; never when an administrator holds it
     */
    public synchronized boolean succeeded(String lane) {
        return !heldByHand(lane) && open(lane);
    }

    /**
     * Notes a refusal that may come to more when it lasts.
     *
     * @param recipients it was said of
     * @return what it means now: {@link Verdict#lasted()} from the moment that it lasts, else itself
     */
    public synchronized Verdict heard(String lane, Verdict verdict, Collection<String> recipients) {
        boolean lasts = verdict.lasting().isPresent()
                && causes.heard(lane, verdict.cause(), verdict.lasting().get(), recipients, clock.instant());
        return lasts ? verdict.lasted() : verdict;
    }

    /** The server accepted a message for these recipients: what it said before to them, or to all, has passed. */
    public synchronized void accepted(String lane, Collection<String> recipients) {
        causes.accepted(lane, recipients);
    }

    /**
     * Opens the lane, whoever stopped it; how long a cause has lasted begins anew.
     *
     * @return whether it was stopped before
     */
    public synchronized boolean release(String lane) {
        causes.forget(lane);
        return open(lane);
    }

    private boolean open(String lane) {
        if (state(lane) instanceof Open) {
            return false;
        }
        put(lane, new Open());
        openings.merge(lane, 1, Integer::sum);
        return true;
    }

    /** How often it was opened since the start: it may have been stopped and opened between two looks at its state. */
    public synchronized int openings(String lane) {
        return openings.getOrDefault(lane, 0);
    }

    private Duration probeWait(String lane, int probes) {
        Duration wait = PROBES.get(Math.min(probes, PROBES.size() - 1));
        Duration cap = probeCap.apply(lane);
        return wait.compareTo(cap) < 0 ? wait : cap;
    }

    /** In memory first: mail that was accepted must not be sent again because a small file could not be written. */
    private void put(String lane, LaneState state) {
        LaneFiles.check(lane);
        states.put(lane, state);
        try {
            files.write(lane, state);
        } catch (IOException e) {
            LOG.error("lane {}: its state is kept in memory only, and lost at a restart: {}", lane, e.toString());
        }
    }
}
