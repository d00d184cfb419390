package org.mailchute.door;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * For what anybody may bring about as often as he likes: it is told at once, and then once a minute at most, with how many more there
 * were, so that it does not fill the log. Each origin and kind counts by itself, up to a thousand of them; all others are one of their
 * kind. Safe between threads.
 */
public final class Seldom {
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 1_000;

    /** @param from empty for all that are not told apart */
    private record Kind(Optional<Origin> from, String name) {}

    /** @param more that were not told since then */
    private record Told(Instant last, long more) {
        boolean within(Duration time, Instant now) {
            return Duration.between(last, now).abs().compareTo(time) < 0;
        }

        Told andOne() {
            return new Told(last, more + 1);
        }
    }

    private final Clock clock;

    /** Those told longest ago first. */
    private final Map<Kind, Told> told = new LinkedHashMap<>();

    public Seldom(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether to tell now.
     *
     * @param kind one of a few
     * @return empty when it is only counted; else what to add to the line: nothing, or how many were counted
     */
    public synchronized Optional<String> now(InetAddress from, String kind) {
        Instant now = clock.instant();
        forget(now);
        Kind counted = counted(new Kind(Optional.of(new Origin(from)), kind));
        Told before = told.get(counted);
        if (before != null && before.within(AGAIN, now)) {
            told.put(counted, before.andOne());
            return Optional.empty();
        }
        told.remove(counted); // to be the youngest
        told.put(counted, new Told(now, 0));
        return Optional.of(before == null || before.more() == 0 ? "" : " (and " + before.more() + " more like it)");
    }

    private Kind counted(Kind own) {
        return told.containsKey(own) || told.size() < MOST ? own : new Kind(Optional.empty(), own.name());
    }

    private void forget(Instant now) {
        Iterator<Told> eldest = told.values().iterator();
        while (eldest.hasNext() && !eldest.next().within(REMEMBERED, now)) {
            eldest.remove();
        }
    }
}
