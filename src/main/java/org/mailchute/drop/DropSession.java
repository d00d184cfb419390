package org.mailchute.drop;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.ServerDataConnectionFactory;
import org.apache.mina.core.session.IoSession;
import org.mailchute.door.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of a device, and when it must end. Only what is whole shows that it goes on, a line of the control connection and a
 * block of a scan: octets that drip, inside TLS or not, do not.
 */
final class DropSession implements Watchdog.Wait {
    private static final Logger LOG = LoggerFactory.getLogger(DropSession.class);

    private final IoSession session;
    private final Visits all;
    private final Instant begun;
    private volatile Instant wentOn;
    private volatile boolean hadTls;
    private volatile boolean uploading;
    private volatile boolean cancelled;

    DropSession(IoSession session, Visits all) {
        this.session = session;
        this.all = all;
        this.begun = all.clock().instant();
        this.wentOn = begun;
    }

    static DropSession of(IoSession session) {
        return (DropSession) session.getAttribute(DropSession.class);
    }

    /** It counts among those that have not logged in no more. */
    void hasLoggedIn() {
        all.strangers().leave(this);
    }

    /** A handshake has ended. */
    void tlsBegins() {
        hadTls = true;
    }

    /** TLS was there, which does not say that it is still. */
    boolean hadTls() {
        return hadTls;
    }

    /** Ends it; it has not logged in, so that nothing is under way. */
    void close() {
        session.closeNow();
    }

    /** Told of a session that has not logged in, as seldom as its address may be told of. */
    void tell(String kind, Consumer<String> line) {
        if (session.getRemoteAddress() instanceof InetSocketAddress from) {
            all.seldom().now(from.getAddress(), kind).ifPresent(line);
        }
    }

    void goesOn() {
        wentOn = all.clock().instant();
    }

    /** From now on ABOR ends what is under way. */
    void uploadBegins() {
        cancelled = false;
        uploading = true;
    }

    /** @return whether the device has cancelled it */
    boolean uploadEnds() {
        uploading = false;
        return cancelled;
    }

    boolean uploading() {
        return uploading;
    }

    /** By the device. */
    void cancel() {
        cancelled = true;
        close(ftp().getDataConnection());
    }

    /** Each block that is written shows that the session goes on. */
    OutputStream goingOn(OutputStream scan) {
        return new FilterOutputStream(scan) {
            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                out.write(octets, from, count); // at once, and not one by one
                goesOn();
            }
        };
    }

    @Override
    public Instant last() {
        Instant silent = (loggedIn() ? wentOn : begun).plus(all.idle());
        Instant old = begun.plus(all.age());
        return silent.isBefore(old) ? silent : old;
    }

    private boolean loggedIn() {
        return ftp().isLoggedIn();
    }

    private FtpIoSession ftp() {
        return new FtpIoSession(session, null);
    }

    @Override
    public void cut() {
        if (loggedIn()) {
            LOG.warn("ftp server: {} was cut off: {}", who(), why());
        } else {
            tell("late", more -> LOG.warn("ftp server: {} was cut off: {}{}", who(), why(), more));
        }
        ServerDataConnectionFactory data = ftp().getDataConnection();
        session.closeNow();
        close(data);
    }

    /** It may wait for the device in its turn, until its own time is over. */
    private static void close(ServerDataConnectionFactory data) {
        Thread closing = new Thread(data::closeDataConnection, "ftp-server-cut");
        closing.setDaemon(true);
        closing.start();
    }

    private String who() {
        String address = SessionTrouble.peer(session);
        return loggedIn() ? "user=" + ftp().getUser().getName() + " from " + address : address;
    }

    private String why() {
        if (!loggedIn()) {
            return "it did not log in within " + all.idle().toSeconds() + " s (idle)";
        }
        return all.clock().instant().isAfter(begun.plus(all.age()))
                ? "its session lasted " + all.age().toSeconds() + " s (sessionAge)"
                : "no whole command or block of a scan came for " + all.idle().toSeconds() + " s (idle)";
    }
}
