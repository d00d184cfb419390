package org.mailchute.simulator;

import java.io.IOException;
import java.io.OutputStream;

/** A message's content as it comes after DATA: up to CRLF.CRLF, doubled dots undone (RFC 5321 section 4.5.2). */
final class DotContent implements AutoCloseable {
    private final OutputStream out;
    private final long limit;
    private final byte[] kept = new byte[1 << 15];
    private int filled;
    private long length;

    /** @param limit octets that are kept at the most */
    DotContent(OutputStream out, long limit) {
        this.out = out;
        this.limit = limit;
    }

    /** Gives octets one by one; throws at the end of them. */
    @FunctionalInterface
    interface Octets {
        int next() throws IOException;
    }

    /** Reads exactly the content; what follows stays where it is. Gives its length, over the limit or not. */
    long readFrom(Octets octets) throws IOException {
        boolean lineStart = true;
        int previous = 0;
        while (true) {
            int octet = octets.next();
            if (lineStart && octet == '.') {
                octet = octets.next();
                if (octet == '\r') {
                    int after = octets.next();
                    if (after == '\n') {
                        return length;
                    }
                    keep('\r');
                    previous = '\r';
                    octet = after;
                }
            }
            keep(octet);
            lineStart = octet == '\n' && previous == '\r';
            previous = octet;
        }
    }

    private void keep(int octet) throws IOException {
        if (length++ >= limit) {
            return;
        }
        if (filled == kept.length) {
            drain();
        }
        kept[filled++] = (byte) octet;
    }

    private void drain() throws IOException {
        out.write(kept, 0, filled);
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            drain();
        }
    }
}
