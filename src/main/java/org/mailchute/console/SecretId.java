package org.mailchute.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Ids that nobody guesses: 256 bits of chance. Only a hash of each is kept, so that no copy of our memory opens a session. */
final class SecretId {
    private static final int OCTETS = 32;

    private SecretId() {}

    static String next(RandomGenerator chance) {
        byte[] octets = new byte[OCTETS];
        chance.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** What is kept of it. */
    static String kept(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
