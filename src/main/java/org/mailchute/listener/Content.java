package org.mailchute.listener;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A message as it comes after DATA (RFC 5321 section 4.5.2). Only CRLF.CRLF ends it: {@code LF.LF}, {@code LF.CRLF} and
 * {@code CR.CR} are content, else one server's message would be two of the next (SMTP smuggling). Dots are undone after CRLF
 * alone for the same reason. A device whose DATA itself ended with a lone LF knows no CRLF: there LF counts as well, which
 * smuggles nothing, as no server that passes on what others wrote speaks so. Whether dots after other lone LFs are doubled is
 * told at the end ({@link #dotsDoubled}). What does not fit or cannot be written is read all the same, so that none of it is taken for a
 * command.
 */
final class Content {
    private final Lines lines;
    private final OutputStream out;
    private final long most;
    private final byte[] block = new byte[1 << 15];
    private final LoneDots loneDots = new LoneDots();
    private int filled;
    private long length;
    private boolean unwritten;

    Content(Lines lines, OutputStream out, long most) {
        this.lines = lines;
        this.out = out;
        this.most = most;
    }

    /** @throws IOException when the device breaks off; what cannot be written does not end it */
    void copy() throws IOException {
        boolean loneLf = lines.endedWithLoneLf();
        boolean lineStart = true;
        int previous = 0;
        while (true) {
            int octet = lines.next();
            if (lineStart && octet == '.') {
                octet = lines.next();
                if (octet == '\n' && loneLf) {
                    drain();
                    return;
                }
                if (octet == '\r') {
                    octet = lines.next();
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

    boolean tooLarge() {
        return length > most;
    }

    /** The disk is full, or gone. */
    boolean unwritten() {
        return unwritten;
    }

    /** So are those at the start of lines behind a lone LF; they are still in what was written. */
    boolean dotsDoubled() {
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
