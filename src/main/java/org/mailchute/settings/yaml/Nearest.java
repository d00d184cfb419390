package org.mailchute.settings.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** Empty when nothing is near: too many letters differ. */
    static Optional<String> to(String written, Collection<String> known) {
        String plain = plain(written);
        int allowed = plain.length() < 4 ? 1 : Math.max(2, plain.length() / 3);
        return known.stream()
                .filter(name -> distance(plain, plain(name)) <= allowed)
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
    }

    /** Case, hyphens and underscores are what people mix up most. */
    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return plain.length() > 40 ? plain.substring(0, 40) : plain;
    }

    /** Levenshtein: letters to insert, drop or change. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
