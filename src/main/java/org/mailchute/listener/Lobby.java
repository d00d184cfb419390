package org.mailchute.listener;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.mailchute.door.Watchdog;
import org.slf4j.event.Level;

/** What all sessions of a listener share. */
interface Lobby {
    /** Our host name, said in the greeting. */
    String gateway();

    Clock clock();

    LoginGuard guard();

    /** Anybody may bring it about, and as often as he likes: it is told seldom. */
    void tell(Level level, InetAddress from, String kind, String what);

    Watchdog watchdog();

    Policy policy();

    Handover handover();

    /** Lists devices that are not known, which may say whom they want to send to. */
    Optional<UnknownDevices> learning();

    /** Ends early when the listener does. */
    void pause(Duration time);
}
