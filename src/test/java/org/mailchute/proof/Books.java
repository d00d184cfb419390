package org.mailchute.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the mail logs of all runs tell together.
 *
 * @param dead recipients whose last word is a dead letter, with its reason
 * @param uncertain Message-ID and recipient, with the attempts whose reply nobody heard
 * @param heard recipients whose outcome was noted before a kill, and who were not asked again
 */
record Books(Map<String, String> dead, Map<String, Set<String>> uncertain, Set<String> heard) {
    /** @param logs in the order of the runs */
    static Books read(Iterable<Path> logs) throws IOException {
        Books books = new Books(new HashMap<>(), new HashMap<>(), new HashSet<>());
        for (Path log : logs) {
            try (var lines = Files.lines(log)) {
                lines.forEach(line -> Told.parse(line).ifPresent(books::enter));
            }
        }
        return books;
    }

    private void enter(Told told) {
        switch (told.kind()) {
            case "dead" -> told.recipients().forEach(recipient -> dead.put(recipient, told.field("reason")));
            case "replayed", "accepted" -> told.recipients().forEach(dead::remove);
            default -> {
                // says nothing of the end
            }
        }
        if (told.isUncertain()) {
            String attempt = told.field("id") + " " + told.field("attempt");
            told.recipients()
                    .forEach(recipient -> uncertain
                            .computeIfAbsent(told.field("message-id") + " " + recipient, one -> new HashSet<>())
                            .add(attempt));
        }
        if (told.field("reason").startsWith("heard before")) {
            heard.addAll(told.recipients());
        }
    }
}
