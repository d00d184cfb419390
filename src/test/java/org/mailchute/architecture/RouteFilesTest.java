package org.mailchute.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.gateway.routes.RouteFile;
import org.mailchute.gateway.routes.Word;
import org.mailchute.settings.yaml.UnreadableFile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules of {@code routes/README.md}; Camel's own validator does not read YAML. */
class RouteFilesTest {
    private static final Path ROUTES = Path.of("routes");
    private static final JsonSchema CAMEL = camelsSchema();
    private static final List<String> SCRIPTS =
            List.of("groovy", "js", "javaScript", "python", "mvel", "ognl", "spel", "java", "script", "joor");
    private static final List<String> OTHER_THREADS =
            List.of("threads", "wireTap", "multicast", "recipientList", "delay");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(ROUTES)) {
            return found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @Test
    void theFolderReadsAsThePath() throws IOException {
        assertThat(files().map(file -> file.getFileName().toString()))
                .containsExactly(
                        "0-error-policy.camel.yaml",
                        "1-intake-folder.camel.yaml",
                        "1-intake-ftp.camel.yaml",
                        "1-intake-jms.camel.yaml",
                        "1-intake-pickup.camel.yaml",
                        "1-intake-smtp.camel.yaml",
                        "2-accept.camel.yaml",
                        "3-next-hop.camel.yaml",
                        "4-lane.camel.yaml",
                        "5-accepted.camel.yaml",
                        "6-deferred.camel.yaml",
                        "7-dead-letter.camel.yaml",
                        "8-events.camel.yaml",
                        "9-notices-telling.camel.yaml",
                        "9-notices.camel.yaml",
                        "9-trace-expiry.camel.yaml",
                        "9-trace.camel.yaml",
                        "9-webhook.camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHoldsOneRouteOfItsNameWithOneSentence(Path file) throws IOException {
        List<Map<String, Object>> roots = roots(file);
        assertThat(roots).hasSize(1);
        Map<String, Object> root = roots.get(0);
        assertThat(root.keySet()).hasSize(1).containsAnyOf("route", "routeTemplate", "routeConfiguration");
        Map<String, Object> route = child(root, root.keySet().iterator().next());
        assertThat(route.get("id")).isEqualTo(id(file));
        assertThat(route.get("description").toString()).matches("[^.]+\\.");
    }

    /** What editors with Camel's own schema mark red, and Kaoto does not open, is no canonical form. */
    @ParameterizedTest
    @MethodSource("files")
    void camelsOwnSchemaHasNothingAgainstIt(Path file) throws IOException {
        JsonNode routes = new ObjectMapper().valueToTree(roots(file));
        assertThat(CAMEL.validate(routes)).isEmpty();
    }

    private static JsonSchema camelsSchema() {
        try (InputStream schema = CamelContext.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                    .getSchema(Objects.requireNonNull(schema, "camel-yaml-dsl has it"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsShort(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(80);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRouteHoldsNoScript(Path file) throws IOException {
        assertThat(keys(roots(file))).doesNotContainAnyElementsOf(SCRIPTS);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRouteSendsOnlyToAHigherStage(Path file) throws Exception {
        for (Word send : RouteFile.own(file).sends().toList()) {
            String target = send.text();
            if (target.startsWith("direct:")) {
                assertThat(stageOf(target.substring("direct:".length())))
                        .as("%s sends to %s", file.getFileName(), target)
                        .isGreaterThan(stage(file));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRouteInsideATransactionKeepsToItsThread(Path file) throws Exception {
        if (stage(file) >= 2) {
            assertThat(keys(roots(file))).doesNotContainAnyElementsOf(OTHER_THREADS);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySendToAQueueIsOneWay(Path file) throws IOException {
        for (Map<?, ?> send : sends(roots(file))) {
            if (send.get("uri").toString().startsWith("jms:")) {
                assertThat(send.get("pattern"))
                        .as("%s in %s", send, file.getFileName())
                        .isEqualTo("InOnly");
            }
        }
    }

    private static String id(Path file) {
        return file.getFileName().toString().replaceAll("^\\d-|\\.camel\\.yaml$", "");
    }

    private static int stage(Path file) throws UnreadableFile {
        return RouteFile.own(file).stage().orElseThrow();
    }

    private static int stageOf(String id) throws IOException, UnreadableFile {
        for (Path file : files().toList()) {
            if (id(file).equals(id)) {
                return stage(file);
            }
        }
        return -1;
    }

    private static List<Map<?, ?>> sends(Object node) {
        List<Map<?, ?>> found = new ArrayList<>();
        walk(node, (key, value) -> {
            if ((key.equals("to") || key.equals("toD")) && value instanceof Map<?, ?> send) {
                found.add(send);
            }
        });
        return found;
    }

    private static List<String> keys(Object node) {
        List<String> found = new ArrayList<>();
        walk(node, (key, value) -> found.add(key));
        return found;
    }

    private interface Visitor {
        void see(String key, Object value);
    }

    private static void walk(Object node, Visitor visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitor.see(key.toString(), value);
                walk(value, visitor);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> walk(item, visitor));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> roots(Path file) throws IOException {
        return (List<Map<String, Object>>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.get(key);
    }

    /**
     * A line of the README's table of beans.
     *
     * @param name a part of it in capitals is another for each intake or lane
     */
    private record Bean(String name, List<String> classes, String room, List<String> decidesBy) {
        static List<Bean> table() throws IOException {
            return Files.readAllLines(ROUTES.resolve("README.md")).stream()
                    .filter(line -> line.matches("\\| `[a-zA-Z]+(-[A-Z]+)?` \\| `.*"))
                    .map(line -> line.replace("`", "").split(" *\\| *"))
                    .map(cells -> new Bean(cells[1], names(cells, 2), cells[3], names(cells, 4)))
                    .toList();
        }

        private static List<String> names(String[] cells, int cell) {
            return cell < cells.length ? List.of(cells[cell].split(", ")) : List.of();
        }

        /** Of a name of its own, not one of several of a class. */
        boolean isTheOnlyOne() {
            return !name.contains("-") && !classes.equals(List.of("EventBatches"));
        }
    }

    /** Each bean of the files, and no other, with classes that are there. */
    @Test
    void theTableOfBeansIsWhatTheFilesName() throws Exception {
        Set<String> named = new TreeSet<>();
        for (Path file : files().toList()) {
            RouteFile.own(file).beans().forEach(bean -> named.add(bean.text().replaceFirst("\\{\\{.*", "")));
        }
        Set<String> told = new TreeSet<>();
        for (Bean bean : Bean.table()) {
            told.add(bean.name().replaceFirst("(?<=-)[A-Z]+", ""));
            for (String name : bean.classes()) {
                Class.forName("org.mailchute." + bean.room() + "." + name);
            }
            for (String name : bean.decidesBy()) {
                Class.forName("org.mailchute." + name);
            }
        }
        assertThat(told).isEqualTo(named);
    }

    /** Who reads a route finds the class without a table. */
    @Test
    void aBeanBearsTheNameOfItsClass() throws IOException {
        for (Bean bean : Bean.table()) {
            if (bean.isTheOnlyOne()) {
                assertThat(bean.classes()).singleElement().asString().isEqualToIgnoringCase(bean.name());
            }
        }
    }
}
