package org.mailchute.graph;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/** How long a message is, by writing it nowhere: a request says it before its body. */
final class Measured extends OutputStream {
    private long octets;

    static long octets(MimeMessage message) {
        Measured measured = new Measured();
        try {
            message.writeTo(measured);
        } catch (IOException | MessagingException e) {
            throw unreadable(e);
        }
        return measured.octets;
    }

    /** The message cannot be read, and nobody has got it. */
    static UncheckedIOException unreadable(Exception e) {
        return new UncheckedIOException("the message could not be read: " + e.getMessage(), new IOException(e));
    }

    /** Octets of base64 for so many. */
    static long base64(long octets) {
        return (octets + 2) / 3 * 4;
    }

    /** Writes what it is given in base64, without line ends. */
    static void base64(OutputStream out, Streaming.Body content) throws IOException, MessagingException {
        OutputStream text = Base64.getEncoder().wrap(unclosed(out));
        content.writeTo(text);
        text.close();
    }

    /** A stream whose end is not the other's. */
    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
                out.write(octets, from, length);
            }

            @Override
            public void close() {
                // there is more to say
            }
        };
    }

    @Override
    public void write(int octet) {
        octets++;
    }

    @Override
    public void write(byte[] written, int from, int length) {
        octets += length;
    }
}
