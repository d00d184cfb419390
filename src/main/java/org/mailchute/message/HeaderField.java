package org.mailchute.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One header field as it came (RFC 5322 section 2.2).
 *
 * @param name without the colon
 * @param raw value with its folds as CRLF, one character an octet (ISO 8859-1)
 */
record HeaderField(String name, String raw) {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** For comparing with lists. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The value on one line (RFC 5322 section 2.2.3). Octets beyond ASCII are UTF-8 where they can be, else Windows-1252. */
    String text() {
        String line = raw.replace("\r\n", "").strip();
        if (ascii()) {
            return line;
        }
        byte[] octets = line.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, WINDOWS);
        }
    }

    boolean ascii() {
        return raw.chars().allMatch(octet -> octet < 0x80);
    }

    int longestLine() {
        String whole = this.toString();
        return whole.lines().mapToInt(String::length).max().orElse(0);
    }

    /** As it is written, without the last line end. */
    @Override
    public String toString() {
        return name + ":" + raw;
    }
}
