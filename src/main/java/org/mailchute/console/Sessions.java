package org.mailchute.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mailchute.credentials.SecretId;
import org.mailchute.deadletter.Person;
import org.mailchute.door.Role;

/**
 * Who is signed in: in memory, so that a restart signs everybody out. A session ends when its visitor does nothing for a while, and at the latest
 * some hours after the sign-in. Of more than a thousand the one that has been idle longest goes. Safe between threads.
 */
final class Sessions {
    private static final int MOST = 1_000;

    private final Clock clock;
    private final RandomGenerator chance;
    private final Duration idle;
    private final Duration most;

    /** By what is kept of their ids; the one idle longest first. */
    private final Map<String, Session> open = new LinkedHashMap<>();

    private record Session(Visitor visitor, Instant since, Instant last) {}

    /**
     * @param idle until who does nothing is signed out
     * @param most until everybody is
     */
    Sessions(Clock clock, RandomGenerator chance, Duration idle, Duration most) {
        this.clock = clock;
        this.chance = chance;
        this.idle = idle;
        this.most = most;
    }

    /** @return its id, a new one at each sign-in, so that nobody can have known it before */
    synchronized String open(Person person, Role role) {
        String id = SecretId.next(chance);
        Instant now = clock.instant();
        open.put(SecretId.kept(id), new Session(new Visitor(person, role, SecretId.next(chance)), now, now));
        if (open.size() > MOST) {
            open.remove(open.keySet().iterator().next());
        }
        return id;
    }

    /**
     * Who has this id.
     *
     * @param busy the visitor did something; a page that asks again by itself keeps nobody signed in
     */
    synchronized Optional<Visitor> visitor(String id, boolean busy) {
        String key = SecretId.kept(id);
        Session session = open.get(key);
        if (session == null || isOver(session)) {
            open.remove(key);
            return Optional.empty();
        }
        if (busy) {
            open.remove(key); // to be the last
            open.put(key, new Session(session.visitor(), session.since(), clock.instant()));
        }
        return Optional.of(session.visitor());
    }

    private boolean isOver(Session session) {
        Instant now = clock.instant();
        return !now.isBefore(session.last().plus(idle))
                || !now.isBefore(session.since().plus(most));
    }

    synchronized void close(String id) {
        open.remove(SecretId.kept(id));
    }
}
