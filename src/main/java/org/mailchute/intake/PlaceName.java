package org.mailchute.intake;

import org.mailchute.spool.NameEnd;

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
        String kept = NameEnd.of(plain, longest);
        return kept.matches("\\.*") ? "unnamed" : kept;
    }
}
