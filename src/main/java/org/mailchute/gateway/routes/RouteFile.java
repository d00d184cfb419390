package org.mailchute.gateway.routes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailchute.settings.yaml.UnreadableFile;
import org.mailchute.settings.yaml.YamlTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a route file names, and in which line: routes, beans, where it reads and sends. */
public final class RouteFile {
    static final String ENDING = ".camel.yaml";

    /** A step in a step in a step takes four levels each. */
    private static final int DEEPEST = 60;

    private static final Set<String> ROOTS = Set.of("route", "routeTemplate", "routeConfiguration");
    private static final Set<String> SENDS = Set.of("to", "toD", "wireTap");

    /** Where a # is no bean's sign. */
    private static final Set<String> TEXTS =
            Set.of("expression", "constant", "simple", "message", "description", "note");

    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?([\\w.{}-]+)");
    private static final Pattern BEAN_OF_A_URI = Pattern.compile("(?:^bean:|[?&]\\w+=#(?:bean:)?)([\\w.{}-]+)");

    private final String name;
    private final String place;
    private final List<Word> words = new ArrayList<>();

    private RouteFile(String name, String place, Optional<Node> root) {
        this.name = name;
        this.place = place;
        root.ifPresent(node -> walk(node, List.of()));
    }

    /** Where one of ours is, in the jar. */
    static String place(String name) {
        return "routes/" + name + ENDING;
    }

    /** One of ours. */
    static RouteFile shipped(String name) throws IOException, UnreadableFile {
        String place = place(name);
        try (InputStream in = RouteFile.class.getClassLoader().getResourceAsStream(place)) {
            String text = new String(Objects.requireNonNull(in, place).readAllBytes(), StandardCharsets.UTF_8);
            return new RouteFile(name, place, YamlTree.of(text, place, DEEPEST));
        }
    }

    /**
     * A file of a folder.
     *
     * @throws UnreadableFile when it is no YAML
     */
    public static RouteFile own(Path file) throws UnreadableFile {
        String name = file.getFileName().toString().replace(ENDING, "");
        return new RouteFile(name, file.toAbsolutePath().toString(), YamlTree.read(file, DEEPEST));
    }

    private void walk(Node node, List<String> path) {
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                List<String> below = new ArrayList<>(path);
                below.add(entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "");
                walk(entry.getValueNode(), below);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> walk(item, path));
        } else if (node instanceof ScalarNode scalar) {
            words.add(new Word(path, scalar.getValue(), YamlTree.line(scalar.getStartMark())));
        }
    }

    /** As it is called in {@code routes/README.md}: without folder and ending. */
    String name() {
        return name;
    }

    /** For people: a path, or a place in the jar. */
    String place() {
        return place;
    }

    /** Of a file of a folder, for Camel. */
    String address() {
        return "file:" + place;
    }

    /** The digit its name begins with; none when it begins otherwise. */
    public Optional<Integer> stage() {
        return name.matches("\\d-.*") ? Optional.of(name.charAt(0) - '0') : Optional.empty();
    }

    /** Names of routes, templates and configurations. */
    Stream<Word> ids() {
        return words.stream()
                .filter(word -> word.path().size() == 2 && word.key().equals("id"))
                .filter(word -> ROOTS.contains(word.path().get(0)));
    }

    /** Where its routes take from, without parameters. */
    Stream<Word> reads() {
        return words.stream()
                .filter(word -> word.isBelow("from", "uri") || word.isBelow("from"))
                .map(RouteFile::address);
    }

    /** Where its routes send to, without parameters. */
    public Stream<Word> sends() {
        return words.stream()
                .filter(word -> SENDS.contains(word.key()) || word.key().equals("uri") && !word.isBelow("from", "uri"))
                .map(RouteFile::address);
    }

    private static Word address(Word uri) {
        return uri.as(uri.text().replaceFirst("\\?.*", ""));
    }

    /** Beans that it wants to be there. */
    public Stream<Word> beans() {
        return words.stream().flatMap(RouteFile::beans);
    }

    private static Stream<Word> beans(Word word) {
        if (word.key().equals("ref")) {
            return word.text().contains(":") ? Stream.empty() : Stream.of(word);
        }
        if (word.key().equals("uri") || SENDS.contains(word.key())) {
            return BEAN_OF_A_URI.matcher(word.text()).results().map(found -> word.as(found.group(1)));
        }
        return TEXTS.contains(word.key())
                ? Stream.empty()
                : Stream.of(BEAN.matcher(word.text()))
                        .filter(found -> found.matches())
                        .map(found -> word.as(found.group(1)));
    }

    /** Beans that it brings itself. */
    Stream<Word> declared() {
        return words.stream().filter(word -> word.path().equals(List.of("beans", "name")));
    }

    Stream<Word> configurationIds() {
        return ids().filter(id -> id.isBelow("routeConfiguration", "id"));
    }

    /** Configurations that its routes want. */
    Stream<Word> wantedConfigurations() {
        return words.stream().filter(word -> word.key().equals("routeConfigurationId"));
    }
}
