package org.mailchute.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.mailchute.envelope.DeviceText;

/**
 * One header field as it came (RFC 5322 section 2.2).
 *
 * @param name without the colon
 * @param raw value with its folds as CRLF, one character an octet (ISO 8859-1)
 * @param otherwise what octets beyond ASCII are that are not UTF-8
 */
record HeaderField(String name, String raw, Charset otherwise) {
    /** Ours, or one that a device's charset has no part in. */
    HeaderField(String name, String raw) {
        this(name, raw, StandardCharsets.US_ASCII);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** For comparing with lists. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The value on one line (RFC 5322 section 2.2.3). Octets beyond ASCII are UTF-8 where they can be. */
    String text() {
        String line = raw.replace("\r\n", "").strip();
        if (ascii()) {
            return line;
        }
        return DeviceText.of(line.getBytes(StandardCharsets.ISO_8859_1), otherwise);
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
