package org.mailchute.listener;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.mailchute.door.Leash;
import org.mailchute.smtpserver.Link;

/**
 * The connection to a device, in the clear or inside TLS. Every wait has an end, also for a device that sends an octet a minute,
 * inside TLS too, or that never reads.
 */
final class DeviceLink implements Link {
    private final Socket socket;
    private final Leash leash;
    private final InputStream in;
    private final OutputStream out;
    private final Clock clock;
    private final Duration idle;
    private final Instant end;
    private Instant last;

    /**
     * @param leash of the connection below TLS
     * @param idle how long a command, or more of a message, may take
     * @param end of the session
     */
    DeviceLink(Socket socket, Leash leash, Clock clock, Duration idle, Instant end) throws IOException {
        this.socket = socket;
        this.leash = leash;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.clock = clock;
        this.idle = idle;
        this.end = end;
        this.last = end;
    }

    boolean encrypted() {
        return socket instanceof SSLSocket;
    }

    /** The same connection inside TLS. */
    DeviceLink over(StartTls tls) throws IOException {
        socket.setSoTimeout(Math.toIntExact(idle.toMillis()));
        return new DeviceLink(leash.until(inTime(), () -> tls.over(socket)), leash, clock, idle, end);
    }

    @Override
    public void begins() {
        last = inTime();
    }

    /** @throws SocketTimeoutException when nothing comes in time */
    @Override
    public int read(byte[] into) throws IOException {
        long left = Duration.between(clock.instant(), last).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("too slow");
        }
        socket.setSoTimeout(Math.toIntExact(Math.min(left, Integer.MAX_VALUE)));
        return leash.until(last, () -> in.read(into));
    }

    @Override
    public void write(String replies) throws IOException {
        leash.until(inTime(), () -> {
            out.write(replies.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return true;
        });
    }

    /** When what begins now must be over. */
    private Instant inTime() {
        Instant silent = clock.instant().plus(idle);
        return silent.isBefore(end) ? silent : end;
    }
}
