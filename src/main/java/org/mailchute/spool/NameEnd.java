package org.mailchute.spool;

import java.nio.charset.StandardCharsets;

/** The end of a file's name, which has its type: of a name that is longer than a disk or a reader takes. */
public final class NameEnd {
    private NameEnd() {}

    /** @param longest octets of UTF-8 */
    public static String of(String name, int longest) {
        int octets = octets(name);
        int characters = 0;
        while (octets > longest) {
            String first = Character.toString(name.codePointAt(characters));
            octets -= octets(first);
            characters += first.length();
        }
        return name.substring(characters);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
