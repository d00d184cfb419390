package org.mailchute.request;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailchute.intake.Digested;
import org.mailchute.intake.Refused;

/**
 * What an application published, on disk as it came: so a large message is never held in memory (promise P8), and a refused
 * one can be shown.
 *
 * @param file envelope properties, each on a line, then the body
 * @param head octets before the body
 * @param sha256 of the file
 */
public record RequestBody(Path file, int head, String sha256) {
    /** Artemis: octets of a large message. */
    private static final String LARGE_SIZE = "_AMQ_LARGE_SIZE";

    /**
     * Writes the message to the file.
     *
     * @param head what its properties say; empty when nothing
     * @param maxBytes of the body
     * @throws Refused when it is neither text nor bytes, or too large; its beginning is kept then
     */
    public static RequestBody save(Message message, String head, Path file, long maxBytes)
            throws IOException, JMSException, Refused {
        byte[] start = (head.isEmpty() ? "" : head + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream disk = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                Digested out = new Digested(disk)) {
            out.write(start);
            if (message instanceof TextMessage text) {
                copy(text, out, maxBytes);
            } else if (message instanceof BytesMessage bytes) {
                copy(bytes, out, maxBytes);
            } else {
                // an ObjectMessage is never opened: to read one is to run what its sender likes (promise P9)
                throw new Refused(
                        "a mail request comes as a text or bytes message, not as "
                                + message.getClass().getSimpleName(),
                        "publish the JSON as a TextMessage or BytesMessage");
            }
            return new RequestBody(file, start.length, out.sha256());
        }
    }

    /** The body alone. */
    public InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(head);
        return in;
    }

    private static void copy(TextMessage message, OutputStream out, long maxBytes)
            throws IOException, JMSException, Refused {
        String text = message.getText();
        if (text == null) {
            throw new Refused("the request is empty", "send a JSON object");
        }
        if (text.length() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 13);
        writer.write(text);
        writer.flush();
    }

    private static void copy(BytesMessage message, OutputStream out, long maxBytes)
            throws IOException, JMSException, Refused {
        if (message.propertyExists(LARGE_SIZE)) {
            stream(message, out, maxBytes);
            return;
        }
        byte[] block = new byte[1 << 16];
        long left = maxBytes;
        for (int read = message.readBytes(block); read > 0; read = message.readBytes(block)) {
            if (read > left) {
                throw tooLarge(maxBytes);
            }
            out.write(block, 0, read);
            left -= read;
        }
    }

    /** Artemis would hold a large message whole for {@code readBytes}; this way it passes chunk by chunk. */
    private static void stream(BytesMessage message, OutputStream out, long maxBytes)
            throws IOException, JMSException, Refused {
        AtMost limited = new AtMost(out, maxBytes);
        try {
            message.setObjectProperty("JMS_AMQ_SaveStream", limited);
        } catch (JMSException e) {
            if (limited.left < 0) {
                throw tooLarge(maxBytes);
            }
            throw e;
        }
    }

    private static final class AtMost extends FilterOutputStream {
        private long left;

        AtMost(OutputStream out, long most) {
            super(out);
            this.left = most;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("more than is allowed");
            }
            out.write(octets, offset, length);
        }
    }

    private static Refused tooLarge(long maxBytes) {
        return new Refused(
                "the request has more than %,d octets".formatted(maxBytes),
                "send less, or raise maxRequestSize of the intake; only its beginning is kept");
    }
}
