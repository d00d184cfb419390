package org.mailchute.listener;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares passwords, in the same time whatever is wrong, and shuts out addresses that guess. */
final class LoginGuard {
    private static final int GUESSES = 10;
    private static final Duration SHUT = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private record Guesses(int count, Instant last) {}

    private final List<DeviceLogin> logins;
    private final Clock clock;
    private final Map<InetAddress, Guesses> guesses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Guesses> eldest) {
            return size() > REMEMBERED;
        }
    };

    LoginGuard(List<DeviceLogin> logins, Clock clock) {
        this.logins = logins;
        this.clock = clock;
    }

    /** Ten wrong passwords from there, the last one less than 15 minutes ago. */
    synchronized boolean shut(InetAddress address) {
        Guesses so = guesses.get(address);
        if (so != null && clock.instant().isAfter(so.last().plus(SHUT))) {
            guesses.remove(address);
            return false;
        }
        return so != null && so.count() >= GUESSES;
    }

    /** The login that this is, or empty. */
    Optional<String> login(InetAddress address, String user, String password) {
        Optional<String> found = Optional.empty();
        for (DeviceLogin login : logins) {
            boolean same = equal(login.user(), user) & equal(login.password().reveal(), password);
            if (same) {
                found = Optional.of(login.user());
            }
        }
        note(address, found.isPresent());
        return found;
    }

    private synchronized void note(InetAddress address, boolean right) {
        Guesses so = guesses.remove(address);
        if (!right) {
            guesses.put(address, new Guesses(so == null ? 1 : so.count() + 1, clock.instant()));
        }
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(octets(one), octets(other));
    }

    /** An umlaut may be one character or two (RFC 4013 section 2.2). */
    private static byte[] octets(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
