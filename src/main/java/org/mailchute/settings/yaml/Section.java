package org.mailchute.settings.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A section of a settings file. What is wrong is noted and a stand-in returned, so that reading goes on; who reads must ask {@link #faults()} first. */
public final class Section {
    private final Reading reading;
    private final String path;
    private final int line;
    private final List<NodeTuple> written = new ArrayList<>();
    private final Map<String, NodeTuple> fields = new HashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, List<Section>> below = new LinkedHashMap<>();
    private boolean broken;

    Section(Reading reading, String path, int line) {
        this.reading = reading;
        this.path = path;
        this.line = line;
    }

    Section fill(Node node) {
        if (node instanceof MappingNode mapping && Tags.plain(node)) {
            written.addAll(mapping.getValue());
            written.forEach(field -> fields.putIfAbsent(key(field), field));
        } else {
            broken = true;
            reading.fault(Reading.line(node), path, Tags.described(node), "a section of \"key: value\" lines");
        }
        return this;
    }

    private static String key(NodeTuple field) {
        return field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** What is written here or below and nobody has asked for, or a second time. */
    private Stream<Fault> surplus() {
        Set<String> seen = new HashSet<>();
        return Stream.concat(
                written.stream().flatMap(field -> surplus(field, seen).stream()),
                below.values().stream().flatMap(List::stream).flatMap(Section::surplus));
    }

    private Optional<Fault> surplus(NodeTuple field, Set<String> seen) {
        String key = key(field);
        int at = Reading.line(field.getKeyNode());
        if (!asked.contains(key)) {
            String expected = Nearest.to(key, asked)
                    .map(name -> "a known key; did you mean \"" + name + "\"?")
                    .orElseGet(() -> "one of " + String.join(", ", asked));
            return Optional.of(reading.at(at, path, "the unknown key " + Fault.quoted(key), expected));
        }
        return seen.add(key)
                ? Optional.empty()
                : Optional.of(reading.at(at, path(key), "the key a second time", "each key once"));
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A variable of the environment, for what other programs have there too. */
    public Optional<String> variable(String name) {
        return reading.variable(name);
    }

    public boolean has(String key) {
        return node(key) != null;
    }

    /** Those of these keys that are written. All of them are known by that, whichever is read. */
    public List<String> written(String... keys) {
        asked.addAll(List.of(keys));
        return Stream.of(keys).filter(fields::containsKey).toList();
    }

    /** Every key that was asked for here and below, list positions left out: {@code lanes.login.mailbox}. */
    public Set<String> asked() {
        Set<String> paths = new TreeSet<>();
        for (String key : asked) {
            paths.add(key);
            below.getOrDefault(key, List.of())
                    .forEach(section -> section.asked().forEach(lower -> paths.add(key + "." + lower)));
        }
        return paths;
    }

    private @Nullable Node node(String key) {
        asked.add(key);
        NodeTuple field = fields.get(key);
        return field == null ? null : field.getValueNode();
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
        return below.computeIfAbsent(key, this::one).get(0);
    }

    private List<Section> one(String key) {
        Node node = node(key);
        Section section = below(path(key), node == null ? line : Reading.line(node));
        return List.of(node == null || Tags.nothing(node) ? section : section.fill(node));
    }

    /** The sections of a list; none when not set. */
    public List<Section> sections(String key) {
        return below.computeIfAbsent(key, this::items);
    }

    private List<Section> items(String key) {
        Node node = node(key);
        List<Section> sections = new ArrayList<>();
        if (node instanceof SequenceNode sequence && Tags.plain(node)) {
            for (Node item : sequence.getValue()) {
                String place = path(key) + "[" + Names.of(item, sections.size() + 1) + "]";
                sections.add(below(place, Reading.line(item)).fill(item));
            }
        } else if (node != null && !Tags.nothing(node)) {
            reading.fault(
                    Reading.line(node), path(key), Tags.described(node), "a list, each item beginning with \"- \"");
        }
        return sections;
    }

    private Section below(String place, int at) {
        Section section = new Section(reading, place, at);
        section.broken = broken;
        return section;
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
        reading.fault(fault);
    }

    /** Notes what works but may not be meant. */
    public void warning(String key, String found, String expected) {
        reading.warning(line(key), path(key), found, expected);
    }

    private int line(String key) {
        return Optional.ofNullable(fields.get(key))
                .map(field -> Reading.line(field.getKeyNode()))
                .orElse(line);
    }

    /** All that is wrong, in the order of the file; once everything is read, as a key that nobody asked for is unknown. */
    public List<Fault> faults() {
        return reading.faults(surplus());
    }

    /** What is wrong with that which was asked for, where the rest is not for us to read. */
    public List<Fault> faultsOfAsked() {
        return reading.faults(Stream.empty());
    }

    /** All that is written here and below; nothing while there are faults. */
    public Written said() {
        return faults().isEmpty() ? unchecked() : Written.NOTHING;
    }

    /** All that is written here and below, whatever its faults. */
    public Written unchecked() {
        return reading.said(written);
    }

    /** What works but may not be meant, in the order of the file. */
    public List<Fault> warnings() {
        return reading.warnings();
    }
}
