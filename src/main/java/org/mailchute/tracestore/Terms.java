package org.mailchute.tracestore;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words by which a message is found. */
final class Terms {
    /** Letters; a longer word is found by its beginning. */
    private static final int LONGEST = 100;
    /** Of one message; a subject may be a novel. */
    private static final int MOST = 60;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern NO_ADDRESS = Pattern.compile("[\\s\\p{Cntrl}<>,;\"]+");

    private final Set<String> terms = new LinkedHashSet<>();

    /** Whole as they are, such as an address, and each word in them. */
    Terms add(Collection<String> names) {
        names.forEach(this::add);
        return this;
    }

    Terms add(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        NO_ADDRESS.splitAsStream(small).forEach(this::keep);
        NO_WORD.splitAsStream(small).forEach(this::keep);
        return this;
    }

    private void keep(String word) {
        if (!word.isEmpty() && terms.size() < MOST) {
            terms.add(cut(word));
        }
    }

    /** As it is kept. */
    static String cut(String word) {
        return word.substring(0, Math.min(word.length(), LONGEST));
    }

    Set<String> all() {
        return terms;
    }

    /** What somebody looks for: each word must be, or begin, one of the message's. */
    static Set<String> sought(String text) {
        Set<String> words = new LinkedHashSet<>();
        NO_ADDRESS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .map(Terms::cut)
                .forEach(words::add);
        return words;
    }
}
