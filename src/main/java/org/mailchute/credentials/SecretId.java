package org.mailchute.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Words that nobody guesses: 256 bits of chance, in base64 for addresses (RFC 4648 section 5). */
public final class SecretId {
    private static final int OCTETS = 32;

    private SecretId() {}

    public static String next(RandomGenerator chance) {
        byte[] octets = new byte[OCTETS];
        chance.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** What is kept of one that opens something: a hash, so that no copy of our memory does. */
    public static String kept(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** Takes the same time wherever they differ. */
    public static boolean same(String said, String expected) {
        return MessageDigest.isEqual(said.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
