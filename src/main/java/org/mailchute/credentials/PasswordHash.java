package org.mailchute.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Collection;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A person's password as the settings hold it: PBKDF2 (RFC 8018 section 5.2) with HMAC-SHA-256, in the PHC string format
 * {@code $pbkdf2-sha256$i=600000$SALT$HASH} (base64 without padding).
 *
 * <p>PBKDF2 and not Argon2id, since each Java has it and it is approved by FIPS 140; Argon2id would bring Bouncy Castle, of which only ASN.1 is in
 * the jar. With 600,000 rounds, as OWASP asks of it (Password Storage Cheat Sheet, 2023), one try costs some tenths of a second of a processor.
 */
public final class PasswordHash {
    /** Characters of a password, and more. */
    public static final int SHORTEST = 12;

    /** For the settings, at least. */
    public static final int ROUNDS = 600_000;

    /** Of nobody: no password has it, and to look takes as long as for somebody. */
    public static final PasswordHash NOBODYS = nobodys(ROUNDS);

    private static final int MOST_ROUNDS = 10_000_000;
    private static final int OCTETS = 32;
    private static final int SALT = 16;
    private static final int LONGEST = 1_000;
    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2-sha256\\$i=(\\d{6,8})\\$([A-Za-z0-9+/]{22,64})\\$([A-Za-z0-9+/]{43})");

    private final int rounds;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int rounds, byte[] salt, byte[] hash) {
        this.rounds = rounds;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Takes some tenths of a second.
     *
     * @throws IllegalArgumentException when it is shorter than {@value #SHORTEST} characters, or longer than 1,000
     */
    public static PasswordHash of(String password, RandomGenerator chance) {
        return of(password, chance, ROUNDS);
    }

    /** As {@link #of(String, RandomGenerator)}, with as many rounds, of which {@link #parse} wants {@link #ROUNDS}. */
    public static PasswordHash of(String password, RandomGenerator chance, int rounds) {
        if (password.codePointCount(0, password.length()) < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " characters or more");
        }
        byte[] salt = new byte[SALT];
        chance.nextBytes(salt);
        return new PasswordHash(rounds, salt, derived(password, salt, rounds));
    }

    /** @throws IllegalArgumentException when it is none, or one of fewer than 600,000 or more than 10,000,000 rounds */
    public static PasswordHash parse(String text) {
        Matcher parts = FORM.matcher(text);
        int rounds = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
        if (rounds < ROUNDS || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("no hash of a password");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(rounds, base64.decode(parts.group(2)), base64.decode(parts.group(3)));
    }

    /** Of nobody; to look takes as long as for the one of these that takes longest. */
    public static PasswordHash nobodys(Collection<PasswordHash> others) {
        return nobodys(others.stream().mapToInt(each -> each.rounds).max().orElse(ROUNDS));
    }

    private static PasswordHash nobodys(int rounds) {
        return new PasswordHash(rounds, new byte[SALT], new byte[OCTETS]);
    }

    /** Takes some tenths of a second, whether it is so or not. */
    public boolean isOf(String password) {
        return password.length() <= LONGEST && MessageDigest.isEqual(hash, derived(password, salt, rounds));
    }

    /** An umlaut may be one character or two (RFC 8265 section 4.2.2): the form with one. */
    private static byte[] derived(String password, byte[] salt, int rounds) {
        char[] characters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(characters, salt, rounds, OCTETS * Byte.SIZE))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** As the settings take it. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$pbkdf2-sha256$i=" + rounds + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Not the hash: whoever has it may try passwords against it. */
    @Override
    public String toString() {
        return "(hash)";
    }
}
