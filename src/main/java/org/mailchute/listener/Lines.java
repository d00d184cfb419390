package org.mailchute.listener;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.mailchute.door.Leash;

/**
 * The octets of one connection: commands in, replies out. Replies to commands that came together leave together (RFC 2920
 * section 3.2). Every wait has an end, also for a device that sends an octet a minute, inside TLS too, or that never reads.
 */
final class Lines {
    /** RFC 4954 section 4: a line of AUTH may be so long. */
    static final int LONGEST = 12_288;
    /** The content type of a TLS handshake (RFC 8446 section 5.1); no command begins so. */
    private static final int HANDSHAKE = 0x16;

    private final Socket socket;
    private final Leash leash;
    private final InputStream in;
    private final OutputStream out;
    private final Clock clock;
    private final Duration idle;
    private final Instant end;
    private final StringBuilder replies = new StringBuilder();
    private final byte[] octets = new byte[1 << 15];
    private int at;
    private int filled;
    private boolean loneLf;

    /**
     * @param leash of the connection below TLS
     * @param end of the session
     */
    Lines(Socket socket, Leash leash, Clock clock, Duration idle, Instant end) throws IOException {
        this.socket = socket;
        this.leash = leash;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.clock = clock;
        this.idle = idle;
        this.end = end;
    }

    void say(String reply) {
        replies.append(reply).append("\r\n");
    }

    void flush() throws IOException {
        if (replies.isEmpty()) {
            return;
        }
        byte[] said = replies.toString().getBytes(StandardCharsets.US_ASCII);
        replies.setLength(0);
        leash.until(inTime(), () -> {
            out.write(said);
            out.flush();
            return true;
        });
    }

    /** More has come than was asked for: before STARTTLS that is an attack (RFC 3207 section 4.2). */
    boolean more() {
        return at < filled;
    }

    /**
     * The next command without its end. A lone LF ends it too, since some devices know no better; that cannot smuggle
     * anything, as whoever may send LF may send CRLF. Octets beyond ASCII stay apart (ISO 8859-1).
     *
     * @throws TlsAtOnce when it is none, but TLS
     * @throws SocketTimeoutException when it does not come in time
     * @throws EOFException when the device hangs up
     */
    String line() throws IOException {
        Instant last = inTime();
        byte[] line = new byte[LONGEST];
        int length = 0;
        for (int octet = next(last); octet != '\n'; octet = next(last)) {
            if (length == LONGEST) {
                throw new TooLong();
            }
            if (length == 0 && octet == HANDSHAKE) {
                throw new TlsAtOnce();
            }
            line[length++] = (byte) octet;
        }
        loneLf = length == 0 || line[length - 1] != '\r';
        return new String(line, 0, loneLf ? length : length - 1, StandardCharsets.ISO_8859_1);
    }

    /** Whether the last command did. */
    boolean endedWithLoneLf() {
        return loneLf;
    }

    /** A device that begins TLS without being asked; no line of its ever ends. */
    static final class TlsAtOnce extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** A line longer than any command. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** One octet of a message. */
    int next() throws IOException {
        return at < filled ? octets[at++] & 0xff : next(inTime());
    }

    private int next(Instant last) throws IOException {
        if (at == filled) {
            fill(last);
        }
        return octets[at++] & 0xff;
    }

    private void fill(Instant last) throws IOException {
        flush();
        long left = Duration.between(clock.instant(), last).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("too slow");
        }
        socket.setSoTimeout(Math.toIntExact(Math.min(left, Integer.MAX_VALUE)));
        at = 0;
        filled = Math.max(leash.until(last, () -> in.read(octets)), 0);
        if (filled == 0) {
            throw new EOFException("the device hung up");
        }
    }

    /** When what begins now must be over. */
    Instant inTime() {
        Instant silent = clock.instant().plus(idle);
        return silent.isBefore(end) ? silent : end;
    }
}
