package org.mailchute.gateway.routes;

import java.util.List;

/**
 * One value of a route file.
 *
 * @param path the keys above it, the outermost first; items of a list add none
 * @param line from 1
 */
public record Word(List<String> path, String text, int line) {
    public Word {
        path = List.copyOf(path);
    }

    /** The key it stands at. */
    String key() {
        return path.isEmpty() ? "" : path.get(path.size() - 1);
    }

    /** Whether its keys end like this. */
    boolean isBelow(String... keys) {
        int from = path.size() - keys.length;
        return from >= 0 && path.subList(from, path.size()).equals(List.of(keys));
    }

    /** Whether it is known only when a message or a template comes to it. */
    boolean isOpen() {
        return text.contains("${") || text.contains("{{");
    }

    Word as(String other) {
        return new Word(path, other, line);
    }
}
