package org.mailchute.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mailchute.credentials.SecretId;

/**
 * Holds something for whoever has its id, for a while, and gives it once: a link of this machine's, a sign-in that is under way. Where there are
 * too many, the oldest goes. Safe between threads.
 */
final class OnceOnly<T> {
    private final Clock clock;
    private final RandomGenerator chance;
    private final Duration good;
    private final Map<String, Held<T>> held;

    private record Held<T>(T thing, Instant until) {}

    /**
     * @param good for so long
     * @param most at a time
     */
    OnceOnly(Clock clock, RandomGenerator chance, Duration good, int most) {
        this.clock = clock;
        this.chance = chance;
        this.good = good;
        this.held = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Held<T>> eldest) {
                return size() > most;
            }
        };
    }

    /** @return its id */
    synchronized String hold(T thing) {
        String id = SecretId.next(chance);
        held.put(SecretId.kept(id), new Held<>(thing, clock.instant().plus(good)));
        return id;
    }

    /** Empty when there is none of this id, or it has been given, or its time is over. */
    synchronized Optional<T> give(String id) {
        return Optional.ofNullable(held.remove(SecretId.kept(id)))
                .filter(one -> clock.instant().isBefore(one.until()))
                .map(Held::thing);
    }
}
