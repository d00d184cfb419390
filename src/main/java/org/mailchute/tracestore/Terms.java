package org.mailchute.tracestore;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words by which a message is found. */
final class Terms {
    /** Letters; a longer word is found by its beginning. */
    private static final int LONGEST = 100;
    /** Of one message, besides its addresses; a subject may be a novel. */
    private static final int MOST = 60;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    /** What nobody begins to look for a name with. */
    private static final Pattern BEFORE = Pattern.compile("^[^\\p{L}\\p{N}]+");

    private static final Pattern NO_ADDRESS = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}<>,;\"]+");

    private final Set<String> terms = new LinkedHashSet<>();
    private int most = MOST;

    /** All of them, however many, and each word in the first of them. */
    Terms add(Collection<String> addresses) {
        addresses.forEach(this::address);
        addresses.forEach(this::add);
        return this;
    }

    private void address(String address) {
        if (!address.isEmpty() && terms.add(cut(address.toLowerCase(Locale.ROOT)))) {
            most++;
        }
    }

    /** What is whole without blanks, such as a Message-ID, and each word. */
    Terms add(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        wholes(small).forEach(this::keep);
        NO_WORD.splitAsStream(small).forEach(this::keep);
        return this;
    }

    private void keep(String word) {
        if (!word.isEmpty() && terms.size() < most) {
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
        return wholes(text.toLowerCase(Locale.ROOT))
                .map(Terms::cut)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> wholes(String text) {
        return NO_ADDRESS.splitAsStream(text).filter(word -> !word.isEmpty()).map(Terms::begun);
    }

    /** Of marks alone there is nothing to begin with: they are a word of their own. */
    private static String begun(String word) {
        String begun = BEFORE.matcher(word).replaceFirst("");
        return begun.isEmpty() ? word : begun;
    }
}
