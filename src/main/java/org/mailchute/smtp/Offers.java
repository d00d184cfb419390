package org.mailchute.smtp;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a server offers: the lines of its last reply to EHLO, but for the first (RFC 5321 section 4.1.1.1). */
record Offers(Map<String, Set<String>> extensions) {
    /** Of a server that knows no EHLO. */
    static final Offers NONE = new Offers(Map.of());

    static Offers of(List<String> reply) {
        Map<String, Set<String>> extensions = new HashMap<>();
        for (String line : reply.subList(1, reply.size())) {
            // "AUTH=LOGIN" is an old way to write "AUTH LOGIN"; several AUTH lines are one
            String said = line.substring(Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            List<String> words =
                    List.of(said.replaceFirst("^AUTH=", "AUTH ").strip().split("\\s+"));
            extensions.computeIfAbsent(words.get(0), same -> new HashSet<>()).addAll(parameters(words));
        }
        return new Offers(extensions);
    }

    private static Collection<String> parameters(List<String> words) {
        return words.subList(1, words.size());
    }

    boolean has(String extension) {
        return extensions.containsKey(extension.toUpperCase(Locale.ROOT));
    }

    boolean login(String mechanism) {
        return extensions.getOrDefault("AUTH", Set.of()).contains(mechanism.toUpperCase(Locale.ROOT));
    }
}
