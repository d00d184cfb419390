package org.mailchute.console;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.credentials.PasswordHash;
import org.mailchute.door.Origin;
import org.mailchute.settings.ConsoleSettings;

/**
 * Passwords that are tried. After five wrong ones for a name, wherever they came from, the next is not looked at for a second after the last,
 * then for 2, 4 and so on to 30; after ten from an address, whatever the names, likewise to 15 minutes. Where a name has signed in from an
 * address since the start, only its own five from there count, to 15 minutes: so no stranger keeps anybody out who has been in. Names
 * that are not there count and take as long as others. One password is looked at at a time, since each costs some tenths of a second of a processor.
 */
final class LoginAttempts {
    private static final Limit OF_NAME = new Limit(5, Duration.ofSeconds(30));
    private static final Limit OF_ORIGIN = new Limit(10, Duration.ofMinutes(15));
    private static final Limit OF_KNOWN = new Limit(5, Duration.ofMinutes(15));
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int MOST = 10_000;
    private static final int MOST_KNOWN = 1_000;

    /** No user has a longer one; all longer ones count as one, so that they fill no memory. */
    private static final int LONGEST_NAME = 64;

    private final Map<String, ConsoleSettings.User> users;
    private final PasswordHash nobodys;
    private final Clock clock;
    private final Semaphore looking = new Semaphore(1);
    private final Set<Known> known = new LinkedHashSet<>();

    /** The youngest last. */
    private final Map<Object, Wrong> wrong = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Wrong> eldest) {
            return size() > MOST;
        }
    };

    /** A user, and an address where that one has signed in. */
    private record Known(String name, Origin from) {}

    private record Limit(int free, Duration longest) {
        Duration after(int count) {
            Duration doubled = Duration.ofSeconds(1L << Math.min(Math.max(0, count - free), 20));
            return count < free ? Duration.ZERO : doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    private record Wrong(int count, Instant last) {
        boolean keeps(Limit limit, Instant now) {
            return now.isBefore(last.plus(limit.after(count)));
        }

        Wrong andOne(Instant now) {
            return new Wrong(now.isAfter(last.plus(FORGOTTEN)) ? 1 : count + 1, now);
        }
    }

    /** What becomes of one. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** It was not looked at: too many were wrong before, or another is looked at now. */
        LATER
    }

    /** @param user who signs in, where the verdict is right */
    record Attempt(Verdict verdict, Optional<ConsoleSettings.User> user) {}

    LoginAttempts(Collection<ConsoleSettings.User> users, Clock clock) {
        this.users = users.stream().collect(Collectors.toMap(ConsoleSettings.User::name, Function.identity()));
        this.nobodys = PasswordHash.nobodys(
                users.stream().map(ConsoleSettings.User::password).toList());
        this.clock = clock;
    }

    /** Takes some tenths of a second where the password is looked at. */
    Attempt attempt(InetAddress address, String name, String password) {
        if (!looking.tryAcquire()) {
            return new Attempt(Verdict.LATER, Optional.empty());
        }
        try {
            Known who = new Known(name.length() > LONGEST_NAME ? "" : name, new Origin(address));
            return keepsWaiting(who) ? new Attempt(Verdict.LATER, Optional.empty()) : looked(who, password);
        } finally {
            looking.release();
        }
    }

    private boolean keepsWaiting(Known who) {
        Instant now = clock.instant();
        return counted(who).anyMatch(each -> {
            Wrong so = wrong.get(each.getKey());
            return so != null && so.keeps(each.getValue(), now);
        });
    }

    private Stream<Map.Entry<Object, Limit>> counted(Known who) {
        return known.contains(who)
                ? Stream.of(Map.entry(who, OF_KNOWN))
                : Stream.of(Map.entry(who.name(), OF_NAME), Map.entry(who.from(), OF_ORIGIN));
    }

    private Attempt looked(Known who, String password) {
        Optional<ConsoleSettings.User> user = Optional.ofNullable(users.get(who.name()));
        boolean right = user.map(ConsoleSettings.User::password).orElse(nobodys).isOf(password);
        if (right) {
            signedIn(who);
            return new Attempt(Verdict.RIGHT, user);
        }
        counted(who).forEach(each -> wrong(each.getKey()));
        return new Attempt(Verdict.WRONG, Optional.empty());
    }

    private void wrong(Object key) {
        Instant now = clock.instant();
        Wrong so = wrong.remove(key);
        wrong.put(key, so == null ? new Wrong(1, now) : so.andOne(now));
    }

    private void signedIn(Known who) {
        wrong.remove(who);
        known.add(who);
        if (known.size() > MOST_KNOWN) {
            known.remove(known.iterator().next());
        }
    }
}
