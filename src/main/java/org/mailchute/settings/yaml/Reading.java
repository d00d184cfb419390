package org.mailchute.settings.yaml;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The reading of one file: where it lies, what is wrong with it, and what its references stand for. */
public final class Reading {
    /** A file that is wrong all over does not need every line of it told. */
    private static final int MOST = 200;

    private final String file;
    private final Path folder;
    private final Placeholders references;
    private final boolean secrets;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();

    private Reading(Path file, Map<String, String> environment, boolean secrets) {
        this.file = file.toString();
        this.folder =
                Objects.requireNonNullElse(file.toAbsolutePath().normalize().getParent(), Path.of("/"));
        this.references = new Placeholders(folder, environment);
        this.secrets = secrets;
    }

    /**
     * Opens a file as one section; faults gather in {@link Section#faults()}.
     *
     * @param secrets false where none is needed: what a secret refers to is not looked at, and its stand-in taken
     * @throws UnreadableFile when it is missing, larger than 1 MB, not UTF-8 or not YAML
     */
    public static Section open(Path file, Map<String, String> environment, boolean secrets) throws UnreadableFile {
        Reading reading = new Reading(file, environment, secrets);
        Optional<Node> tree = YamlTree.of(YamlText.read(file, reading.file), reading.file);
        Node node = tree.orElseThrow(() -> new UnreadableFile(reading.file, 0, "an empty file", "settings"));
        return new Section(reading, "", 1).fill(node);
    }

    /** @param surplus told first where others are on the same line */
    List<Fault> faults(Stream<Fault> surplus) {
        return told(Stream.concat(surplus, faults.stream()));
    }

    List<Fault> warnings() {
        return told(warnings.stream());
    }

    private static List<Fault> told(Stream<Fault> found) {
        return found.limit(MOST)
                .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
                .toList();
    }

    /** A path; relative ones start at the settings file's folder. */
    Path path(String text) {
        try {
            if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("no path");
            }
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no path", e);
        }
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(references.environment().get(name)).filter(value -> !value.isBlank());
    }

    Written said(List<NodeTuple> top) {
        return Written.of(top, Optional.of(references).filter(all -> secrets));
    }

    Fault at(int line, String key, String found, String expected) {
        return new Fault(file, line, key, found, expected);
    }

    void fault(int line, String key, String found, String expected) {
        fault(at(line, key, found, expected));
    }

    void fault(Fault fault) {
        keep(faults, fault);
    }

    void warning(int line, String key, String found, String expected) {
        keep(warnings, at(line, key, found, expected));
    }

    private static void keep(List<Fault> kept, Fault fault) {
        if (kept.size() < MOST) {
            kept.add(fault);
        }
    }

    /** The value of one node; empty after a fault. */
    <T> Optional<T> value(String key, Node node, Kind<T> kind) {
        if (!(node instanceof ScalarNode scalar)
                || !Tags.plain(node)
                || node.getTag().equals(Tag.NULL)) {
            fault(line(node), key, Tags.described(node), kind.expected());
            return Optional.empty();
        }
        if (!kind.secret()) {
            return parsed(key, scalar, kind);
        }
        if (!Placeholders.alone(scalar.getValue())) {
            return literalSecret(key, node);
        }
        return secrets ? parsed(key, scalar, kind) : Optional.of(kind.standIn());
    }

    private <T> Optional<T> literalSecret(String key, Node node) {
        fault(
                line(node),
                key,
                "a secret (not shown)",
                "${env:NAME} or ${file:/path}, so that this file holds no secret");
        return Optional.empty();
    }

    private <T> Optional<T> parsed(String key, ScalarNode scalar, Kind<T> kind) {
        String shown = Fault.quoted(scalar.getValue());
        try {
            return Optional.of(kind.parse().apply(references.resolve(scalar.getValue())));
        } catch (Placeholders.Unresolved e) {
            fault(line(scalar), key, shown, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            fault(line(scalar), key, shown, kind.expected());
        }
        return Optional.empty();
    }

    static int line(Node node) {
        return YamlTree.line(node.getStartMark());
    }
}
