package org.mailchute.smtpserver;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A message as it comes after DATA (RFC 5321 section 4.5.2). Only CRLF.CRLF ends it: {@code LF.LF}, {@code LF.CRLF} and
 * {@code CR.CR} are content, else one server's message would be two of the next (SMTP smuggling). Dots are undone after CRLF
 * alone for the same reason. Whether dots after lone LFs are doubled is told at the end ({@link #dotsDoubled}). What does not fit
 * or cannot be written is read all the same, so that none of it is taken for a command.
 */
public final class DotContent {
    private final Octets octets;
    private final OutputStream out;
    private final long most;
    private final byte[] block = new byte[1 << 15];
    private final LoneDots loneDots = new LoneDots();
    private int filled;
    private long length;
    private boolean unwritten;

    /** Gives octets one by one; throws at the end of them. */
    @FunctionalInterface
    public interface Octets {
        int next() throws IOException;
    }

    /** @param most octets that are written */
    public DotContent(Octets octets, OutputStream out, long most) {
        this.octets = octets;
        this.out = out;
        this.most = most;
    }

    /**
     * Reads exactly the message; what follows stays where it is.
     *
     * @param loneLf whether LF ends lines and the message as well: for a device whose DATA itself ended so, as it knows no
     *     CRLF. It smuggles nothing there, as no server that passes on what others wrote speaks so
     * @throws IOException when the client breaks off; what cannot be written does not end it
     */
    public void copy(boolean loneLf) throws IOException {
        boolean lineStart = true;
        int previous = 0;
        while (true) {
            int octet = octets.next();
            if (lineStart && octet == '.') {
                octet = octets.next();
                if (octet == '\n' && loneLf) {
                    drain();
                    return;
                }
                if (octet == '\r') {
                    octet = octets.next();
                    if (octet == '\n') {
                        drain();
                        return;
                    }
                    keep('\r');
                    previous = '\r';
                } else {
                    previous = '.';
                }
            }
            keep(octet);
            lineStart = octet == '\n' && (loneLf || previous == '\r');
            previous = octet;
        }
    }

    /** Octets of the message, also of those that did not fit. */
    public long length() {
        return length;
    }

    public boolean tooLarge() {
        return length > most;
    }

    /** The disk is full, or gone. */
    public boolean unwritten() {
        return unwritten;
    }

    /** So are those at the start of lines behind a lone LF; they are still in what was written. */
    public boolean dotsDoubled() {
        return loneDots.doubled();
    }

    private void keep(int octet) {
        loneDots.take(octet);
        if (++length > most || unwritten) {
            return;
        }
        if (filled == block.length) {
            drain();
        }
        block[filled++] = (byte) octet;
    }

    private void drain() {
        try {
            out.write(block, 0, filled);
        } catch (IOException e) {
            unwritten = true;
        }
        filled = 0;
    }
}
