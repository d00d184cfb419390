package org.mailchute.door;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses that guess passwords: after ten wrong ones in a row nobody logs in from there until 15 minutes have passed since the last
 * one. Safe between threads.
 */
public final class Guessers {
    /** What whoever is shut out is told. */
    public static final String SHUT_OUT = "Too many wrong passwords from your address, wait 15 minutes";

    /** From one address. */
    public static final int GUESSES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Guessers.class);
    private static final Duration SHUT = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private record Guesses(int count, Instant last) {}

    private final String server;
    private final Clock clock;
    private final Map<InetAddress, Guesses> guesses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Guesses> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param server as the log calls it */
    public Guessers(String server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** To be asked before a password is looked at, and nothing is waited for then. */
    public synchronized boolean shut(InetAddress address) {
        Guesses so = guesses.get(address);
        if (so != null && clock.instant().isAfter(so.last().plus(SHUT))) {
            guesses.remove(address);
            return false;
        }
        return so != null && so.count() >= GUESSES;
    }

    public synchronized void right(InetAddress address) {
        guesses.remove(address);
    }

    public synchronized void wrong(InetAddress address) {
        Guesses so = guesses.remove(address);
        int count = so == null ? 1 : so.count() + 1;
        guesses.put(address, new Guesses(count, clock.instant()));
        if (count == GUESSES) {
            LOG.warn(
                    "{}: {} wrong passwords in a row from {}: nobody logs in from there for 15 minutes; if it is a device of yours,"
                            + " correct its user and password and wait so long",
                    server,
                    GUESSES,
                    address.getHostAddress());
        }
    }
}
