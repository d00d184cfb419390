package org.mailchute.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;

/** Of user names and passwords. */
public final class Comparison {
    private Comparison() {}

    /** Takes the same time wherever they differ. */
    public static boolean same(String expected, String said) {
        return MessageDigest.isEqual(octets(expected), octets(said));
    }

    /** An umlaut may be one character or two (RFC 4013 section 2.2); this is the form with one. */
    public static String form(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static byte[] octets(String text) {
        return form(text).getBytes(StandardCharsets.UTF_8);
    }
}
