package org.mailchute.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The octets of one connection: lines in, flights of replies out, content streamed to a file. Replies to commands that came
 * together leave in one write (RFC 2920 section 3.2), so that neither Nagle nor a delayed ACK adds time.
 */
final class Wire {
    /** Longest command line: AUTH with a token (RFC 4954 section 4). */
    private static final int LONGEST_LINE = 12_288;

    private final InputStream in;
    private final OutputStream out;
    private final int delayMillis;
    private final StringBuilder flight = new StringBuilder();
    private final byte[] octets = new byte[1 << 15];
    private int at;
    private int end;

    Wire(Socket socket, int delayMillis) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.delayMillis = delayMillis;
    }

    void say(String reply) {
        flight.append(reply).append("\r\n");
    }

    void flush() throws IOException {
        if (flight.isEmpty()) {
            return;
        }
        Distance.travel(delayMillis);
        out.write(flight.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        flight.setLength(0);
    }

    /** The next command, without its end; waits for it after all replies have left. */
    String line() throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        for (int octet = next(); octet != '\n'; octet = next()) {
            if (length == LONGEST_LINE) {
                say("500 5.5.2 Line too long");
                flush();
                throw new IOException("a line longer than " + LONGEST_LINE + " octets");
            }
            line[length++] = (byte) octet;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing(); // UTF-8: RFC 6531
    }

    /** How many octets the message has; what is over the limit is read and not kept. */
    long contentTo(Path file, long limit) throws IOException {
        try (DotContent content = new DotContent(Files.newOutputStream(file), limit)) {
            return content.readFrom(this::next);
        }
    }

    private int next() throws IOException {
        if (at == end) {
            if (in.available() == 0) {
                flush();
            }
            at = 0;
            end = Math.max(in.read(octets), 0);
            if (end == 0) {
                throw new EOFException("the client went away");
            }
        }
        return octets[at++] & 0xff;
    }
}
