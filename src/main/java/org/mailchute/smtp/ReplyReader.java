package org.mailchute.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies, each of them whole: a last line without its line end is none, whatever it begins with (RFC 5321 section
 * 4.2). Angus Mail takes it for one. A line may end in LF alone, as some servers' do.
 */
final class ReplyReader {
    /** A server may say no more at a time; the longest of Exchange Online has a tenth of it (EHLO). */
    private static final int MOST_OCTETS = 64 * 1024;

    private static final int MOST_LINES = 100;

    private final InputStream in;
    private final byte[] octets = new byte[4096];
    private int at;
    private int end;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** Called before each read of the connection, to tell it how long it may take. */
    interface Patience {
        void beforeRead() throws IOException;
    }

    /**
     * The lines of the next reply, without their ends; one or more.
     *
     * @throws EOFException when the connection ended before the reply did
     * @throws IOException also when the server says more than anybody needs
     */
    List<String> next(Patience patience) throws IOException {
        List<String> lines = new ArrayList<>();
        int length = 0;
        String line;
        do {
            line = line(MOST_OCTETS - length, patience);
            length += line.length();
            lines.add(line);
            if (lines.size() > MOST_LINES) {
                throw new IOException("a reply of more than " + MOST_LINES + " lines");
            }
        } while (line.length() > 3 && line.charAt(3) == '-');
        return lines;
    }

    private String line(int most, Patience patience) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = octet(patience); octet != '\n'; octet = octet(patience)) {
            if (line.length() >= most) {
                throw new IOException("a reply of more than " + MOST_OCTETS + " octets");
            }
            line.append((char) octet);
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return utf8(line);
    }

    /** RFC 6531 allows it in replies; what is no UTF-8 is shown as it can be. */
    private static String utf8(StringBuilder octets) {
        return new String(octets.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private int octet(Patience patience) throws IOException {
        if (at == end) {
            patience.beforeRead();
            at = 0;
            end = Math.max(in.read(octets), 0);
            if (end == 0) {
                throw new EOFException("closed the connection");
            }
        }
        return octets[at++] & 0xff;
    }
}
