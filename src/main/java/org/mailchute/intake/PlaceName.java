package org.mailchute.intake;

import java.nio.charset.StandardCharsets;

/** The name of a file at a place of ours, made of a name from outside. */
public final class PlaceName {
    private PlaceName() {}

    /**
     * Leads nowhere, has no controls, and its end, with its type, is kept.
     *
     * @param longest octets of UTF-8
     */
    public static String of(String name, int longest) {
        String plain = Shown.line(name).replaceAll("[/\\\\:?]", "_");
        while (plain.getBytes(StandardCharsets.UTF_8).length > longest) {
            plain = plain.substring(plain.offsetByCodePoints(0, 1));
        }
        return plain.matches("\\.*") ? "unnamed" : plain;
    }
}
