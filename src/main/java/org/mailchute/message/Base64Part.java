package org.mailchute.message;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Enumeration;

/** A part that streams a file in base64, many lines at a time; Angus' own stream encodes octet by octet. */
final class Base64Part extends MimeBodyPart {
    private static final byte[] LINE_END = {'\r', '\n'};
    /** Whole lines of 57 octets, so that each block ends with its line. */
    private static final int BLOCK = 57 * 1_024;

    private final Path file;

    Base64Part(Path file) {
        this.file = file;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
        for (Enumeration<String> lines = getAllHeaderLines(); lines.hasMoreElements(); ) {
            out.write(lines.nextElement().getBytes(StandardCharsets.US_ASCII));
            out.write(LINE_END);
        }
        out.write(LINE_END);
        Base64.Encoder encoder = Base64.getMimeEncoder(76, LINE_END);
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(block, 0, BLOCK); read > 0; read = in.readNBytes(block, 0, BLOCK)) {
                out.write(encoder.encode(read == BLOCK ? block : Arrays.copyOf(block, read)));
                out.write(LINE_END);
            }
        }
    }
}
