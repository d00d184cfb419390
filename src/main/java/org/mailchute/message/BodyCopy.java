package org.mailchute.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Copies a body, whose content it leaves alone, into the lines that SMTP can carry: bare CR and LF become CRLF, and a line of
 * more than 998 octets (RFC 5322 section 2.1.1) is broken by CRLF and a blank, as Postfix has it. Holds one block.
 */
final class BodyCopy {
    static final int LONGEST_LINE = 998;
    private static final int BLOCK = 1 << 16;
    /** A character of UTF-8 has so many octets at the most; a break goes before it, not into it. */
    private static final int CHARACTER = 4;

    private final OutputStream out;
    private final byte[] buffer = new byte[BLOCK];
    private int filled;
    private int inLine;
    private int last;
    private long size;
    private boolean eightBit;

    BodyCopy(OutputStream out) {
        this.out = out;
    }

    /** Up to the end of the stream. A last line without an end gets one. */
    void copy(InputStream in) throws IOException, UnfitMessage {
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            for (int at = 0; at < read; at++) {
                put(block[at]);
            }
        }
        if (inLine > 0) {
            endLine();
        }
        drain(0);
    }

    /** Octets written. */
    long size() {
        return size;
    }

    /** Some octet was beyond ASCII. */
    boolean eightBit() {
        return eightBit;
    }

    private void put(byte octet) throws IOException, UnfitMessage {
        if (octet == '\r' || (octet == '\n' && last != '\r')) {
            endLine();
        } else if (octet == 0) {
            throw new UnfitMessage(
                    "the body holds a NUL, which SMTP cannot carry (RFC 5321 section 4.5.2)", "encode it in base64");
        } else if (octet != '\n') {
            if (inLine == LONGEST_LINE) {
                breakLine(octet);
            }
            append(octet);
            inLine++;
            eightBit |= octet < 0;
        }
        last = octet;
    }

    private void endLine() throws IOException {
        append((byte) '\r');
        append((byte) '\n');
        inLine = 0;
    }

    private void breakLine(byte next) throws IOException {
        int moved = continues(next) ? charactersStart() : 0;
        byte[] start = java.util.Arrays.copyOfRange(buffer, filled - moved, filled);
        filled -= moved;
        endLine();
        append((byte) ' ');
        for (byte octet : start) {
            append(octet);
        }
        inLine = 1 + moved;
    }

    /** Octets since the start of the character that ends the buffer; none when it is no UTF-8. */
    private int charactersStart() {
        for (int back = 1; back < CHARACTER; back++) {
            if (!continues(buffer[filled - back])) {
                return buffer[filled - back] < 0 ? back : 0;
            }
        }
        return 0;
    }

    private static boolean continues(byte octet) {
        return (octet & 0xc0) == 0x80;
    }

    private void append(byte octet) throws IOException {
        if (filled == BLOCK) {
            drain(CHARACTER);
        }
        buffer[filled++] = octet;
    }

    /** Writes all but the last octets, which a break may still move. */
    private void drain(int kept) throws IOException {
        int ready = Math.max(0, filled - kept);
        out.write(buffer, 0, ready);
        System.arraycopy(buffer, ready, buffer, 0, filled - ready);
        filled -= ready;
        size += ready;
    }
}
