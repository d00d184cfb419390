package org.mailchute.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What a stranger may send in place of a good input: the same for the same seed, so a failure can be repeated from its number,
 * and none is kept.
 */
public final class Mutations {
    private static final int MOST = 1 << 16;

    private final Random chance;
    private final List<byte[]> words;

    /** @param words that have a meaning to whoever reads it, in ISO 8859-1 */
    public Mutations(long seed, String... words) {
        this.chance = new Random(seed);
        this.words = List.of(words).stream()
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** One to eight changes: octets, cuts, repeats, exchanged pieces, words put in. */
    public byte[] of(byte[] good) {
        byte[] octets = good.clone();
        for (int left = 1 + chance.nextInt(8); left > 0; left--) {
            octets = changed(octets);
        }
        return octets;
    }

    private byte[] changed(byte[] octets) {
        int from = chance.nextInt(octets.length + 1);
        int to = from + chance.nextInt(octets.length - from + 1);
        return switch (chance.nextInt(6)) {
            case 0 -> joined(octets, from, new byte[] {(byte) chance.nextInt(256)}, Math.min(from + 1, octets.length));
            case 1 -> joined(octets, from, new byte[0], to);
            case 2 -> joined(octets, from, new byte[0], octets.length);
            case 3 -> repeated(octets, from, to);
            default -> joined(octets, from, word(), chance.nextBoolean() ? from : to);
        };
    }

    private byte[] word() {
        return words.get(chance.nextInt(words.size()));
    }

    private byte[] repeated(byte[] octets, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octets, 0, to);
        for (int left = chance.nextInt(20); left > 0 && out.size() < MOST; left--) {
            out.write(octets, from, to - from);
        }
        out.write(octets, to, octets.length - to);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] octets, int before, byte[] middle, int after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octets, 0, before);
        out.writeBytes(middle);
        out.write(octets, after, octets.length - after);
        return out.toByteArray();
    }
}
