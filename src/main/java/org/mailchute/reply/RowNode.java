package org.mailchute.reply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The fields of one row as they stand in the file, with their lines. */
final class RowNode {
    private static final Set<String> KEYS = Set.of(
            "code",
            "enhanced",
            "text",
            "options",
            "services",
            "stage",
            "scope",
            "verdict",
            "holdAfter",
            "pauseAfter",
            "waitAtLeast",
            "mayFallOver",
            "ease",
            "cause",
            "remedy",
            "example");

    private static final String ONE_OF_THE_KEYS = "one of " + String.join(", ", new TreeSet<>(KEYS));

    private final int line;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    RowNode(Node node) {
        line = line(node);
        if (!(node instanceof MappingNode mapping)) {
            throw new Fault(line, "", "no row", "a row of \"key: value\"");
        }
        mapping.getValue().forEach(this::add);
    }

    private void add(NodeTuple field) {
        String key = text(field.getKeyNode());
        int at = line(field.getKeyNode());
        require(at, "", KEYS.contains(key), "the unknown key \"" + key + "\"", ONE_OF_THE_KEYS);
        require(
                at,
                key,
                fields.put(key, field.getValueNode()) == null,
                "the key a second time",
                "each key once in a row");
    }

    /** Line of the row's beginning, from 1. */
    int line() {
        return line;
    }

    Optional<String> optional(String key) {
        return Optional.ofNullable(fields.get(key)).map(RowNode::text);
    }

    <T> T one(String key, Function<String, T> parse) {
        Node value = fields.get(key);
        if (value == null || text(value).isEmpty()) {
            throw new Fault(line, key, "nothing", "a value");
        }
        return parsed(key, value, parse);
    }

    /** A scalar counts as a list of one, a missing key as an empty list. */
    <T> List<T> many(String key, Function<String, T> parse) {
        Node value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        List<Node> items = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        return items.stream().map(item -> parsed(key, item, parse)).toList();
    }

    void require(String key, boolean fine, String found, String expected) {
        Node value = fields.get(key);
        require(value == null ? line : line(value), key, fine, found, expected);
    }

    private static void require(int line, String key, boolean fine, String found, String expected) {
        if (!fine) {
            throw new Fault(line, key, found, expected);
        }
    }

    /** @param parse throws {@link IllegalArgumentException} with what is expected */
    private static <T> T parsed(String key, Node node, Function<String, T> parse) {
        String text = text(node);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            String shown = text.replaceAll("\\p{Cntrl}", "?");
            throw new Fault(line(node), key, '"' + shown + '"', String.valueOf(e.getMessage()));
        }
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        throw new Fault(line(node), "", "several values", "a single value");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** What is wrong with this row, and where. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;
        private final String key;
        private final String found;
        private final String expected;

        Fault(int line, String key, String found, String expected) {
            super(found);
            this.line = line;
            this.key = key;
            this.found = found;
            this.expected = expected;
        }

        BadReplyRows.BadRow in(String file) {
            return new BadReplyRows.BadRow(file, line, key, found, expected);
        }
    }
}
