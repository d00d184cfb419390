package org.mailchute.settings.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One section of a settings file: keys with values, lists and sections. What is wrong is noted and a stand-in returned, so
 * that reading goes on; who reads must ask {@link #faults()} before using anything.
 */
public final class Section {
    private final Reading reading;
    private final String path;
    private final Shape shape;
    private final int line;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private boolean broken;

    Section(Reading reading, String path, Shape shape, int line) {
        this.reading = reading;
        this.path = path;
        this.shape = shape;
        this.line = line;
    }

    Section fill(Node node) {
        if (node instanceof MappingNode mapping && Tags.plain(node)) {
            mapping.getValue().forEach(this::add);
        } else {
            broken = true;
            reading.fault(Reading.line(node), path, Tags.described(node), "a section of \"key: value\" lines");
        }
        return this;
    }

    private void add(NodeTuple field) {
        Node at = field.getKeyNode();
        String key = at instanceof ScalarNode scalar ? scalar.getValue() : "";
        lines.putIfAbsent(key, Reading.line(at));
        if (!shape.keys().contains(key)) {
            reading.fault(Reading.line(at), path, "the unknown key " + Fault.quoted(key), expectedKey(key));
        } else if (fields.putIfAbsent(key, field.getValueNode()) != null) {
            reading.fault(Reading.line(at), path(key), "the key a second time", "each key once");
        }
    }

    private String expectedKey(String key) {
        return Nearest.to(key, shape.keys())
                .map(name -> "a known key; did you mean \"" + name + "\"?")
                .orElseGet(() -> "one of " + String.join(", ", shape.keys()));
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public boolean has(String key) {
        return node(key) != null;
    }

    private @Nullable Node node(String key) {
        if (!shape.keys().contains(key)) {
            throw new IllegalStateException("the reader asks for the key " + path(key) + " that its shape lacks");
        }
        return fields.get(key);
    }

    /** The value; a fault when it is missing. */
    public <T> T required(String key, Kind<T> kind) {
        if (!has(key)) {
            missing(key, kind.expected());
        }
        return optional(key, kind).orElse(kind.standIn());
    }

    /** The plain text of a single value as it is written, without any check; empty when there is none. */
    public Optional<String> peek(String key) {
        return node(key) instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** The value, or the default. */
    public <T> T value(String key, Kind<T> kind, T standard) {
        return optional(key, kind).orElse(standard);
    }

    /** Empty when not set. */
    public <T> Optional<T> optional(String key, Kind<T> kind) {
        Node node = node(key);
        return node == null ? Optional.empty() : reading.value(path(key), node, kind);
    }

    /** The values of a list, or one single value. Empty when not set. */
    public <T> List<T> list(String key, Kind<T> kind) {
        Node node = node(key);
        List<T> values = new ArrayList<>();
        if (node instanceof SequenceNode sequence && Tags.plain(node)) {
            sequence.getValue()
                    .forEach(item -> reading.value(path(key), item, kind).ifPresent(values::add));
        } else if (node != null) {
            reading.value(path(key), node, kind).ifPresent(values::add);
        }
        return values;
    }

    /** The section below; without any key when not set. */
    public Section section(String key) {
        Node node = node(key);
        Section below = below(key, path(key), node == null ? line : Reading.line(node));
        return node == null || Tags.nothing(node) ? below : below.fill(node);
    }

    /** The sections of a list; none when not set. */
    public List<Section> sections(String key) {
        Node node = node(key);
        List<Section> sections = new ArrayList<>();
        if (node instanceof SequenceNode sequence && Tags.plain(node)) {
            for (Node item : sequence.getValue()) {
                String place = path(key) + "[" + Names.of(item, sections.size() + 1) + "]";
                sections.add(below(key, place, Reading.line(item)).fill(item));
            }
        } else if (node != null && !Tags.nothing(node)) {
            reading.fault(
                    Reading.line(node), path(key), Tags.described(node), "a list, each item beginning with \"- \"");
        }
        return sections;
    }

    private Section below(String key, String place, int at) {
        Section below = new Section(reading, place, Objects.requireNonNull(shape.below(key)), at);
        below.broken = broken;
        return below;
    }

    /** A path; relative ones start at the settings file's folder. */
    public Kind<Path> path() {
        return new Kind<>("a path", Path.of("missing"), reading::path);
    }

    /** Notes that a key is missing, unless a fault has told already why it could not be read. */
    public void missing(String key, String expected) {
        if (!broken && empty(node(key))) {
            reading.fault(line, path(key), "nothing", expected);
        }
    }

    private static boolean empty(@Nullable Node node) {
        return node == null
                || Tags.nothing(node)
                || (node instanceof SequenceNode sequence && sequence.getValue().isEmpty());
    }

    /** Notes that a key's value does not fit the others. {@code found} must not show a secret. */
    public void fault(String key, String found, String expected) {
        reading.fault(line(key), path(key), found, expected);
    }

    /** Notes what is wrong in a file that this one names. */
    public void fault(Fault fault) {
        reading.faults().fault(fault);
    }

    /** Notes what works but may not be meant. */
    public void warning(String key, String found, String expected) {
        reading.warning(line(key), path(key), found, expected);
    }

    private int line(String key) {
        return lines.getOrDefault(key, line);
    }

    public Faults faults() {
        return reading.faults();
    }
}
