package org.mailchute.reply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            "stage",
            "scope",
            "verdict",
            "mayFallOver",
            "ease",
            "cause",
            "remedy",
            "example");

    private final int line;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    RowNode(Node node) {
        line = line(node);
        if (!(node instanceof MappingNode mapping)) {
            throw new Fault(line, "expected a row of \"key: value\"");
        }
        mapping.getValue().forEach(this::add);
    }

    private void add(NodeTuple field) {
        String key = text(field.getKeyNode());
        int at = line(field.getKeyNode());
        require(at, KEYS.contains(key), "unknown key \"" + key + "\"");
        require(at, fields.put(key, field.getValueNode()) == null, "the key \"" + key + "\" stands twice");
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
            throw new Fault(line, "the row has no " + key);
        }
        return parsed(value, parse);
    }

    /** A scalar counts as a list of one, a missing key as an empty list. */
    <T> List<T> many(String key, Function<String, T> parse) {
        Node value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        List<Node> items = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        return items.stream().map(item -> parsed(item, parse)).toList();
    }

    void require(boolean fine, String otherwise) {
        require(line, fine, otherwise);
    }

    private static void require(int line, boolean fine, String otherwise) {
        if (!fine) {
            throw new Fault(line, otherwise);
        }
    }

    private static <T> T parsed(Node node, Function<String, T> parse) {
        try {
            return parse.apply(text(node));
        } catch (IllegalArgumentException e) {
            throw new Fault(line(node), String.valueOf(e.getMessage()));
        }
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        throw new Fault(line(node), "expected a single value");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** What is wrong with this row, and where. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int line;

        Fault(int line, String message) {
            super(message);
            this.line = line;
        }
    }
}
