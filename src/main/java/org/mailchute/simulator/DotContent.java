package org.mailchute.simulator;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A message's content as it comes after DATA: up to CRLF.CRLF, doubled dots undone (RFC 5321 section 4.5.2). */
final class DotContent implements AutoCloseable {
    private final OutputStream out;

    DotContent(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    /** Reads exactly the content; what follows stays in {@code in}. */
    void readFrom(InputStream in) throws IOException {
        boolean lineStart = true;
        int previous = 0;
        while (true) {
            int octet = next(in);
            if (lineStart && octet == '.') {
                octet = next(in);
                if (octet == '\r') {
                    int after = next(in);
                    if (after == '\n') {
                        return;
                    }
                    out.write('\r');
                    octet = after;
                }
            }
            out.write(octet);
            lineStart = octet == '\n' && previous == '\r';
            previous = octet;
        }
    }

    private static int next(InputStream in) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("cut off in the middle of a message");
        }
        return octet;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
