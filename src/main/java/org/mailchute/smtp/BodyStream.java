package org.mailchute.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the message as DATA wants it: dots doubled at line starts (RFC 5321 section 4.5.2), and every bare CR or LF made
 * CRLF, so that no two hosts can disagree about where the message ends. Keeps apart what the server's end broke and what
 * the message itself could not deliver.
 */
final class BodyStream extends OutputStream {
    private static final int BUFFER = 64 * 1024;

    private final OutputStream wire;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int last = '\n';
    private boolean lineStart = true;
    private @Nullable IOException wireFault;

    BodyStream(OutputStream wire) {
        this.wire = wire;
    }

    /** What went wrong between us and the server, if anything did. */
    Optional<IOException> wireFault() {
        return Optional.ofNullable(wireFault);
    }

    @Override
    public void write(int octet) throws IOException {
        room();
        put((byte) octet);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int end = from + length;
        for (int at = from; at < end; ) {
            room();
            int run = plainRun(bytes, at, Math.min(end, at + BUFFER - filled));
            if (run == 0) {
                put(bytes[at++]);
            } else {
                System.arraycopy(bytes, at, buffer, filled, run);
                filled += run;
                at += run;
                last = bytes[at - 1];
            }
        }
    }

    /** How many octets from here need no care: inside a line, up to its end. Nearly all of a scan is such runs. */
    private int plainRun(byte[] bytes, int from, int end) {
        if (lineStart) {
            return 0;
        }
        int at = from;
        while (at < end && bytes[at] != '\r' && bytes[at] != '\n') {
            at++;
        }
        return at - from;
    }

    /** One octet becomes two at the most; the final dot with its CRLF is three. */
    private void room() throws IOException {
        if (filled > BUFFER - 3) {
            drain();
        }
    }

    private void put(byte octet) {
        if (octet == '\n') {
            if (last != '\r') {
                newLine();
            }
        } else if (octet == '\r') {
            newLine();
        } else {
            if (lineStart && octet == '.') {
                buffer[filled++] = '.';
            }
            buffer[filled++] = octet;
            lineStart = false;
        }
        last = octet;
    }

    private void newLine() {
        buffer[filled++] = '\r';
        buffer[filled++] = '\n';
        lineStart = true;
    }

    /** Sends all but the final dot, which {@link #finish()} adds. */
    void drain() throws IOException {
        try {
            wire.write(buffer, 0, filled);
            filled = 0;
        } catch (IOException e) {
            wireFault = e;
            throw e;
        }
    }

    /** Ends the last line, if need be, and sends what is left with the final dot. */
    void finish() throws IOException {
        room();
        if (!lineStart) {
            newLine();
        }
        room();
        buffer[filled++] = '.';
        newLine();
        drain();
    }

    /** Nothing: the message flushes at its end, and the rest should leave together with the final dot. */
    @Override
    public void flush() {}
}
