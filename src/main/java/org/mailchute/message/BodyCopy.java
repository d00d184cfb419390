package org.mailchute.message;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes a body in the lines that SMTP can carry: bare CR and LF become CRLF, and a line of more than 998 octets (RFC 5322
 * section 2.1.1) is broken. Holds one block.
 */
final class BodyCopy {
    static final int LONGEST_LINE = 998;
    private static final int BLOCK = 1 << 16;
    /** A character of UTF-8 has so many octets at the most; a break goes before it, not into it. */
    private static final int CHARACTER = 4;

    /** What a break in a line is made of, and where it may be. */
    enum Breaks {
        /** CRLF and a blank, as Postfix has it; before a character of UTF-8. */
        BLANK,
        /** A soft one, before an octet's {@code =C3} (RFC 2045 section 6.7). */
        SOFT,
        /** CRLF alone; base64 has no lines (RFC 2045 section 6.8). */
        BARE;

        /** @param encoding in lower case */
        static Breaks of(String encoding) {
            return encoding.equals("quoted-printable") ? SOFT : encoding.equals("base64") ? BARE : BLANK;
        }
    }

    private final OutputStream out;
    private final byte[] buffer = new byte[BLOCK];
    private int filled;
    private int inLine;
    private int last;
    private long size;
    private boolean eightBit;
    private Breaks breaks = Breaks.BLANK;

    BodyCopy(OutputStream out) {
        this.out = out;
    }

    /** Of the lines that come now. */
    void breaks(Breaks kind) {
        breaks = kind;
    }

    /** What comes from an encoder, which knows no NUL. */
    OutputStream asStream() {
        return new OutputStream() {
            /** Java's own for several octets calls it for each. */
            @Override
            public void write(int octet) throws IOException {
                try {
                    put((byte) octet);
                } catch (UnfitMessage e) {
                    throw new IOException(e);
                }
            }
        };
    }

    void put(byte[] octets) throws IOException, UnfitMessage {
        for (int at = 0; at < octets.length; ) {
            int plain = plain(octets, at);
            if (plain > 0) {
                append(octets, at, plain);
                at += plain;
            } else {
                put(octets[at++]);
            }
        }
    }

    /** How many octets from here go as they are: ASCII, and neither a line end, nor NUL, nor more than the line takes. */
    private int plain(byte[] octets, int from) {
        int most = Math.min(octets.length, from + LONGEST_LINE - inLine);
        int at = from;
        while (at < most && octets[at] > '\r') {
            at++;
        }
        return at - from;
    }

    private void append(byte[] octets, int from, int length) throws IOException {
        if (filled + length > BLOCK) {
            drain(CHARACTER);
        }
        System.arraycopy(octets, from, buffer, filled, length);
        filled += length;
        inLine += length;
        last = octets[from + length - 1];
    }

    /** A last line without an end gets one. */
    void end() throws IOException {
        endLine();
        drain(0);
    }

    /** Nothing where a line has just ended. */
    void endLine() throws IOException {
        if (inLine > 0) {
            lineEnd();
        }
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
            lineEnd();
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

    void lineEnd() throws IOException {
        append((byte) '\r');
        append((byte) '\n');
        inLine = 0;
    }

    private void breakLine(byte next) throws IOException {
        int moved = breaks == Breaks.SOFT ? tokensStart() : continues(next) ? charactersStart() : 0;
        byte[] start = Arrays.copyOfRange(buffer, filled - moved, filled);
        filled -= moved;
        if (breaks == Breaks.SOFT) {
            append((byte) '=');
        }
        lineEnd();
        if (breaks == Breaks.BLANK) {
            append((byte) ' ');
            inLine = 1;
        }
        for (byte octet : start) {
            append(octet);
        }
        inLine += moved;
    }

    /** One octet makes room for the soft break's own; an encoded one is moved whole. */
    private int tokensStart() {
        return buffer[filled - 2] == '=' ? 2 : buffer[filled - 3] == '=' ? 3 : 1;
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
