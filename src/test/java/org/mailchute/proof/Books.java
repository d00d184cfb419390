package org.mailchute.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the mail logs of all runs tell together. */
final class Books {
    private final Map<String, String> dead = new HashMap<>();
    private final Map<String, Set<String>> accepted = new HashMap<>();
    private final Map<String, Integer> uncertain = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private @Nullable Told last;

    /** @param logs in the order of the runs */
    static Books read(Iterable<Path> logs) throws IOException {
        Books books = new Books();
        for (Path log : logs) {
            try (var lines = Files.lines(log)) {
                lines.forEach(line -> Told.parse(line).ifPresent(books::enter));
            }
        }
        return books;
    }

    /** What was just being told when a run was killed may stand in its log already, and then was its last word. */
    private void enter(Told told) {
        Told itself = told.itself();
        boolean repeated = !told.equals(itself) && itself.equals(last);
        last = itself;
        if (!repeated) {
            itself.recipients().forEach(recipient -> enter(itself, recipient));
        }
    }

    private void enter(Told told, String recipient) {
        String messageId = told.field("message-id");
        switch (told.kind()) {
            case "dead" -> dead.put(recipient, told.field("reason"));
            case "replayed" -> dead.remove(recipient);
            case "accepted" -> {
                dead.remove(recipient);
                accepted.computeIfAbsent(recipient, one -> new HashSet<>()).add(messageId);
            }
            default -> {
                // says nothing of the end
            }
        }
        if (told.isUncertain()) {
            uncertain.merge(copy(messageId, recipient), 1, Integer::sum);
        }
        if (told.field("reason").startsWith("heard before")) {
            heard.add(recipient);
        }
    }

    private static String copy(String messageId, String recipient) {
        return messageId + " " + recipient;
    }

    /** Recipients whose last word is a dead letter, with its reason. */
    Map<String, String> dead() {
        return dead;
    }

    /** Those of whom it tells an end. */
    Set<String> ended() {
        Set<String> ended = new HashSet<>(accepted.keySet());
        ended.addAll(dead.keySet());
        return ended;
    }

    /** Whether this recipient's copy of this message was accepted. */
    boolean accepted(String messageId, String recipient) {
        return accepted.getOrDefault(recipient, Set.of()).contains(messageId);
    }

    /** How often its dot had left and nobody heard the reply. */
    int uncertain(String messageId, String recipient) {
        return uncertain.getOrDefault(copy(messageId, recipient), 0);
    }

    /** Whether nobody ever had to do without a reply. */
    boolean allHeard() {
        return uncertain.isEmpty();
    }

    /** Recipients whose outcome was noted before a kill, and who were not asked again. */
    Set<String> heard() {
        return heard;
    }
}
