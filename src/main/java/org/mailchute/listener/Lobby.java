package org.mailchute.listener;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailchute.door.Guessers;
import org.mailchute.door.Seldom;
import org.mailchute.door.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What all sessions of a listener share.
 *
 * @param closing open once the listener ends
 */
record Lobby(
        ListenerPlan plan,
        Host host,
        Clock clock,
        LoginGuard guard,
        Seldom seldom,
        Watchdog watchdog,
        Refusals refusals,
        CountDownLatch closing) {
    private static final Logger LOG = LoggerFactory.getLogger(Lobby.class);

    static Lobby of(ListenerPlan plan, Host host, Clock clock) {
        return new Lobby(
                plan,
                host,
                clock,
                new LoginGuard(plan.logins(), new Guessers("source=smtp:" + plan.name(), clock)),
                new Seldom(clock),
                new Watchdog("smtp-" + plan.name(), clock),
                new Refusals(plan.name(), host.meters()),
                new CountDownLatch(1));
    }

    /** Anybody may bring it about, and as often as he likes: it is told seldom. */
    void tell(Level level, InetAddress from, String kind, String what) {
        seldom.now(from, kind)
                .ifPresent(more -> LOG.atLevel(level).log("source=smtp:{}: {}{}", plan.name(), what, more));
    }

    /** Ends early when the listener does. */
    void pause(Duration time) {
        try {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the listener ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
