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
        String kept = plain.substring(tooMuch(plain, longest));
        return kept.matches("\\.*") ? "unnamed" : kept;
    }

    /** Characters at its beginning. */
    private static int tooMuch(String name, int longest) {
        int octets = octets(name);
        int characters = 0;
        while (octets > longest) {
            String first = Character.toString(name.codePointAt(characters));
            octets -= octets(first);
            characters += first.length();
        }
        return characters;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
