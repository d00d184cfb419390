package org.mailchute.settings.yaml;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a settings file says, place by place, as it is written: without comments and form, and with {@code ${env:NAME}} and the like in the
 * place of what they stand for. So there is no secret in it.
 *
 * @param places each section, and each named item of {@code intake} and {@code lanes}: {@code lanes[mailbox]}; its keys and their texts
 * @param referred by place, whether what its references stand for is another: of this process only, and says nothing of it
 */
public record Written(Map<String, Map<String, String>> places, Map<String, String> referred) {
    /** Of settings that no file says. */
    public static final Written NOTHING = new Written(Map.of(), Map.of());

    private static final int HASH = 12;
    private static final byte[] SALT = new byte[16];

    static {
        new SecureRandom().nextBytes(SALT);
    }

    public Written {
        places = Collections.unmodifiableMap(new TreeMap<>(places));
        referred = Map.copyOf(referred);
    }

    /** The same for the same settings, wherever they are read, whatever their secrets are. */
    public String hash() {
        StringBuilder all = new StringBuilder();
        places.forEach((place, keys) -> keys.forEach((key, text) -> all.append(place)
                .append('\0')
                .append(key)
                .append('\0')
                .append(text)
                .append('\0')));
        return digest(new byte[0], all.toString()).substring(0, HASH);
    }

    private static String digest(byte[] salt, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** For who asks by HTTP. */
    public Written shown() {
        return new Written(places, Map.of());
    }

    static Written of(List<NodeTuple> top, Optional<Placeholders> references) {
        Walk walk = new Walk(references);
        fields(top).forEach(walk::section);
        return new Written(walk.places, walk.referred);
    }

    private static Map<String, Node> fields(Node node) {
        return fields(node instanceof MappingNode mapping ? mapping.getValue() : List.of());
    }

    private static Map<String, Node> fields(List<NodeTuple> written) {
        Map<String, Node> fields = new TreeMap<>();
        written.forEach(field -> fields.put(text(field.getKeyNode()), field.getValueNode()));
        return fields;
    }

    /** On one line, as the flow style of YAML has it. */
    private static String text(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(Written::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return node instanceof ScalarNode scalar
                ? scalar.getValue()
                : fields(node).entrySet().stream()
                        .map(field -> field.getKey() + ": " + text(field.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static boolean named(Node list) {
        List<Node> items = items(list);
        return !items.isEmpty()
                && items.stream().noneMatch(item -> Names.of(item, 0).equals("0"));
    }

    /** Through the tree. */
    private static final class Walk {
        private final Optional<Placeholders> references;
        private final Map<String, Map<String, String>> places = new TreeMap<>();
        private final Map<String, String> referred = new TreeMap<>();

        Walk(Optional<Placeholders> references) {
            this.references = references;
        }

        void section(String path, Node node) {
            if (named(node)) {
                each(path, node);
            } else if (node instanceof MappingNode) {
                fields(node).forEach((key, value) -> {
                    if (named(value)) {
                        each(path + "." + key, value);
                    } else {
                        put(path, key, value);
                    }
                });
            } else {
                put(path, "", node);
            }
        }

        private void each(String path, Node list) {
            for (Node item : items(list)) {
                String place = path + "[" + Names.of(item, 0) + "]";
                fields(item).forEach((key, value) -> put(place, key, value));
            }
        }

        private void put(String place, String key, Node node) {
            if (node instanceof MappingNode) {
                fields(node).forEach((lower, value) -> put(place, key + "." + lower, value));
            } else if (items(node).stream().anyMatch(MappingNode.class::isInstance)) {
                for (int i = 0; i < items(node).size(); i++) {
                    leaf(place, key + "[" + (i + 1) + "]", items(node).get(i));
                }
            } else {
                leaf(place, key, node);
            }
        }

        private void leaf(String place, String key, Node node) {
            String text = text(node);
            places.computeIfAbsent(place, same -> new TreeMap<>()).put(key, text);
            references.ifPresent(known -> refer(place, text, known));
        }

        private void refer(String place, String text, Placeholders known) {
            try {
                String meant = known.resolve(text);
                if (!meant.equals(text)) {
                    referred.merge(place, digest(SALT, meant), (one, other) -> digest(SALT, one + other));
                }
            } catch (Placeholders.Unresolved e) {
                referred.put(place, ""); // which is a fault, and told as one
            }
        }
    }
}
