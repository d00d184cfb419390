package org.mailchute.door;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Origins that guess passwords: after ten wrong ones nobody logs in from there until 15 minutes have passed since the last one. A right
 * password takes back its own user's wrong ones only, so that whoever has one user's guesses no other's. Safe between threads.
 */
public final class Guessers {
    /** What whoever is shut out is told. */
    public static final String SHUT_OUT = "Too many wrong passwords from your address, wait 15 minutes";

    /** From one origin. */
    public static final int GUESSES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Guessers.class);
    private static final Duration SHUT = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    /** What becomes of a login. */
    public enum Verdict {
        RIGHT,
        WRONG,
        /** Whether it was right is not told. */
        SHUT
    }

    private record Guesses(Map<String, Integer> byUser, Instant last) {
        static final Guesses NONE = new Guesses(Map.of(), Instant.MIN);

        int count() {
            return byUser.values().stream().mapToInt(Integer::intValue).sum();
        }

        boolean over(Instant now) {
            return now.isAfter(last.plus(Guessers.SHUT));
        }

        Guesses without(String user) {
            Map<String, Integer> others = new HashMap<>(byUser);
            others.remove(user);
            return new Guesses(others, last);
        }

        Guesses with(String user, Instant now) {
            Map<String, Integer> all = new HashMap<>(byUser);
            all.merge(user, 1, Integer::sum);
            return new Guesses(all, now);
        }
    }

    private final String server;
    private final Clock clock;
    private final Map<Origin, Guesses> guesses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, Guesses> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param server as the log calls it */
    public Guessers(String server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** Whether a password need not be asked for; nothing is waited for then. */
    public synchronized boolean shut(InetAddress address) {
        return of(new Origin(address)).count() >= GUESSES;
    }

    private Guesses of(Origin origin) {
        Guesses so = guesses.getOrDefault(origin, Guesses.NONE);
        if (so != Guesses.NONE && so.over(clock.instant())) {
            guesses.remove(origin);
            return Guesses.NONE;
        }
        return so;
    }

    /**
     * To be asked with each password before anything is said about it: however many come at once, ten wrong ones are told so.
     *
     * @param user as the settings write it; empty for all that are not there
     */
    public synchronized Verdict judge(InetAddress address, String user, boolean right) {
        Origin origin = new Origin(address);
        Guesses so = of(origin);
        if (so.count() >= GUESSES) {
            return Verdict.SHUT;
        }
        if (right) {
            guesses.computeIfPresent(origin, (key, wrong) -> wrong.without(user));
            return Verdict.RIGHT;
        }
        wrong(origin, so.with(user, clock.instant()));
        return Verdict.WRONG;
    }

    private void wrong(Origin origin, Guesses now) {
        guesses.remove(origin); // to be the youngest
        guesses.put(origin, now);
        if (now.count() == GUESSES) {
            LOG.warn(
                    "{}: {} wrong passwords from {}: nobody logs in from there for 15 minutes; if it is a device of yours,"
                            + " correct its user and password and wait so long",
                    server,
                    GUESSES,
                    origin);
        }
    }
}
