package org.mailchute.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailchute.smtpserver.DotContent;
import org.mailchute.smtpserver.Lines;
import org.mailchute.smtpserver.Link;

/** What a client says, and hears after the time of a distance: lines in UTF-8 (RFC 6531), content streamed to a file. */
final class ClientLines {
    private final Lines lines;

    ClientLines(Socket socket, int delayMillis) throws IOException {
        this.lines = new Lines(new Far(socket.getInputStream(), socket.getOutputStream(), delayMillis));
    }

    private record Far(InputStream in, OutputStream out, int delayMillis) implements Link {
        @Override
        public int read(byte[] into) throws IOException {
            return in.read(into);
        }

        @Override
        public void write(String replies) throws IOException {
            Distance.travel(delayMillis);
            out.write(replies.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public boolean quiet() throws IOException {
            return in.available() == 0;
        }
    }

    void say(String reply) {
        lines.say(reply);
    }

    void flush() throws IOException {
        lines.flush();
    }

    /** The next command, without its end; waits for it after all replies have left. */
    String line() throws IOException {
        try {
            byte[] octets = lines.line().getBytes(StandardCharsets.ISO_8859_1);
            return new String(octets, StandardCharsets.UTF_8).stripTrailing();
        } catch (Lines.TooLong e) {
            say("500 5.5.2 Line too long");
            flush();
            throw e;
        }
    }

    /**
     * How many octets the message has; what is over the limit is read and not kept. Only CRLF.CRLF ends it, however DATA ended.
     */
    long contentTo(Path file, long limit) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            DotContent content = new DotContent(lines::next, out, limit);
            content.copy(false);
            if (content.unwritten()) {
                throw new IOException(file + " cannot be written");
            }
            return content.length();
        }
    }
}
