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
 * password takes back its own user's wrong ones only, so that whoever has one user's guesses no other's. Where several users share an
 * origin, applications of one machine, one of them would so shut out all: there each user is counted for itself. Safe between threads.
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

    /** @param user empty for all of an origin */
    private record Who(Origin from, String user) {}

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
    private final boolean eachUser;
    private final Clock clock;
    private final Map<Who, Guesses> guesses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Guesses> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param server as the log calls it */
    public Guessers(String server, Clock clock) {
        this(server, false, clock);
    }

    private Guessers(String server, boolean eachUser, Clock clock) {
        this.server = server;
        this.eachUser = eachUser;
        this.clock = clock;
    }

    /**
     * Who is shut out is one user from one origin; users that are not there count together as one.
     *
     * @param server as the log calls it
     */
    public static Guessers ofEachUser(String server, Clock clock) {
        return new Guessers(server, true, clock);
    }

    /** Whether a password need not be asked for; nothing is waited for then. */
    public synchronized boolean shut(InetAddress address) {
        return of(who(address, "")).count() >= GUESSES;
    }

    private Who who(InetAddress address, String user) {
        return new Who(new Origin(address), eachUser ? user : "");
    }

    private Guesses of(Who who) {
        Guesses so = guesses.getOrDefault(who, Guesses.NONE);
        if (so != Guesses.NONE && so.over(clock.instant())) {
            guesses.remove(who);
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
        Who who = who(address, user);
        Guesses so = of(who);
        if (so.count() >= GUESSES) {
            return Verdict.SHUT;
        }
        if (right) {
            guesses.computeIfPresent(who, (key, wrong) -> wrong.without(user));
            return Verdict.RIGHT;
        }
        wrong(who, so.with(user, clock.instant()));
        return Verdict.WRONG;
    }

    private void wrong(Who who, Guesses now) {
        guesses.remove(who); // to be the youngest
        guesses.put(who, now);
        if (now.count() == GUESSES) {
            LOG.warn(
                    "{}: {} wrong passwords from {}: {} logs in from there for 15 minutes; if it is a device or application of yours,"
                            + " correct its user and password and wait so long",
                    server,
                    GUESSES,
                    who.from(),
                    eachUser ? shutOut(who.user()) : "nobody");
        }
    }

    private static String shutOut(String user) {
        return user.isEmpty() ? "no user that is not there" : "user " + user + " no longer";
    }
}
