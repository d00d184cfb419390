package org.mailchute.drop;

import java.time.Clock;
import java.time.Duration;
import org.apache.mina.core.session.IoSession;
import org.mailchute.door.Watchdog;

/**
 * The sessions there are, each with its end.
 *
 * @param idle a session may be silent, and take for its login in all
 * @param age of the oldest
 */
record Visits(Watchdog watchdog, Clock clock, Duration idle, Duration age) {
    void begin(IoSession session) {
        Visit visit = new Visit(session, this);
        session.setAttribute(Visit.class, visit);
        watchdog.watch(visit);
        session.getCloseFuture().addListener(closed -> watchdog.leave(visit));
    }
}
