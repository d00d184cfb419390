package org.mailchute.smtpserver;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The octets of one connection: commands in, replies out. Replies to commands that came together leave together (RFC 2920
 * section 3.2), so that neither Nagle nor a delayed ACK adds time. How long each wait is, the {@link Link} knows.
 */
public final class Lines {
    /** Octets; RFC 4954 section 4: a line of AUTH may be so long. */
    public static final int LONGEST = 12_288;
    /** The content type of a TLS handshake (RFC 8446 section 5.1); no command begins so. */
    private static final int HANDSHAKE = 0x16;

    private final Link link;
    private final StringBuilder replies = new StringBuilder();
    private final byte[] octets = new byte[1 << 15];
    private int at;
    private int filled;
    private boolean loneLf;

    public Lines(Link link) {
        this.link = link;
    }

    /** @param reply without its end; it leaves with the next flight */
    public void say(String reply) {
        replies.append(reply).append("\r\n");
    }

    /** Sends what was said. */
    public void flush() throws IOException {
        if (!replies.isEmpty()) {
            String said = replies.toString();
            replies.setLength(0);
            link.write(said);
        }
    }

    /** More has come than was asked for: before STARTTLS that is an attack (RFC 3207 section 4.2). */
    public boolean more() {
        return at < filled;
    }

    /**
     * The next command without its end. A lone LF ends it too, since some devices know no better; that cannot smuggle
     * anything, as whoever may send LF may send CRLF. Octets beyond ASCII stay apart (ISO 8859-1).
     *
     * @throws TlsAtOnce when it is none, but TLS
     * @throws TooLong when it has more than {@link #LONGEST} octets
     * @throws EOFException when the other side hangs up
     */
    public String line() throws IOException {
        link.begins();
        byte[] line = new byte[LONGEST];
        int length = 0;
        for (int octet = read(); octet != '\n'; octet = read()) {
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
    public boolean endedWithLoneLf() {
        return loneLf;
    }

    /** A client that begins TLS without being asked; no line of its ever ends. */
    public static final class TlsAtOnce extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** A line longer than any command. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** One octet of a message. */
    public int next() throws IOException {
        if (at == filled) {
            link.begins();
        }
        return read();
    }

    private int read() throws IOException {
        if (at == filled) {
            fill();
        }
        return octets[at++] & 0xff;
    }

    private void fill() throws IOException {
        if (link.quiet()) {
            flush();
        }
        at = 0;
        filled = 0; // also when the read fails: nothing is read twice
        filled = Math.max(link.read(octets), 0);
        if (filled == 0) {
            throw new EOFException("the other side hung up");
        }
    }
}
