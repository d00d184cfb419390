package org.mailchute.drop;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import org.apache.mina.core.session.IoSession;
import org.mailchute.door.Crowd;
import org.mailchute.door.Origin;
import org.mailchute.door.Seldom;
import org.mailchute.door.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions there are, each with its end.
 *
 * @param idle a session may be silent, and take for its login in all
 * @param age of the oldest
 * @param strangers those that have not logged in
 * @param seldom tells what anybody may bring about
 */
record Visits(
        Watchdog watchdog, Clock clock, Duration idle, Duration age, Crowd<DropSession> strangers, Seldom seldom) {
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    void begin(IoSession session) {
        DropSession visit = new DropSession(session, this);
        session.setAttribute(DropSession.class, visit);
        watchdog.watch(visit);
        if (session.getRemoteAddress() instanceof InetSocketAddress from) {
            strangers.join(visit, new Origin(from.getAddress())).ifPresent(this::close);
        }
        session.getCloseFuture().addListener(closed -> end(visit));
    }

    private void close(Crowd.GivesWay<DropSession> way) {
        seldom.now(way.from().network(), "many")
                .ifPresent(more -> LOG.warn("ftp server: before their login, {}{}", way, more));
        way.one().close();
    }

    private void end(DropSession visit) {
        watchdog.leave(visit);
        strangers.leave(visit);
    }
}
