package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says of an administrator's own route files; nothing is started. */
class RouteChecksTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void begin() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
    }

    private int check() throws IOException {
        Path settings =
                Files.writeString(folder.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.com, home: home, routes: "%s"}
                intake:
                  folders:
                    - {name: scans, folder: "%s", from: scanner@contoso.com, to: [anna@contoso.com]}
                accept: {senders: ["*@contoso.com"], recipients: ["*@contoso.com"]}
                next-hop:
                  - {domain: contoso.com, lane: direct}
                lanes:
                  - {name: direct, option: direct-send, host: contoso-com.mail.protection.outlook.com}
                """.formatted(routes, folder.resolve("scans")));
        return Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute("check", "--config", settings.toString());
    }

    private static String shipped(String name) throws IOException {
        return Files.readString(Path.of("routes").resolve(name + ".camel.yaml"));
    }

    private void own(String name, String content) throws IOException {
        Files.writeString(routes.resolve(name), content);
    }

    private static String route(String id, String from, String... steps) {
        return "- route:\n    id: %s\n    from:\n      uri: %s\n      steps:\n".formatted(id, from)
                + Arrays.stream(steps).map(step -> "        - " + step + "\n").collect(Collectors.joining());
    }

    @Test
    void whatWeShipIsFineAsAnOwnFileToo() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("routes"), "*.yaml")) {
            for (Path file : files) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        assertThat(check()).as(err.toString()).isZero();
    }

    @Test
    void oneThatIsReplacedAndOneThatIsAddedAreFine() throws IOException {
        own(
                "5-accepted.camel.yaml",
                shipped("5-accepted")
                        .replaceFirst(
                                "      steps:\n", "      steps:\n        - to:\n            uri: direct:copies\n"));
        own("9-copies.camel.yaml", route("copies", "direct:copies", "to: {uri: \"log:copies\"}"));
        assertThat(check()).as(err.toString()).isZero();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2-accept    | ref: keep            -> ref: kept                 | 2-accept.camel.yaml:13: | "kept", expected a bean of the gateway
            2-accept    | uri: direct:next-hop -> uri: direct:next-hopp     | 2-accept.camel.yaml:18: | "direct:next-hopp", expected an address that a route takes from
            2-accept    | uri: direct:next-hop -> uri: jsm:queue:x          | 2-accept.camel.yaml:18: | "jsm:queue:x", expected a component that is there
            5-accepted  | uri: jms:queue:mailchute.events -> uri: direct:accept | 5-accepted.camel.yaml: | "direct:accept", expected a later stage
            2-accept    | id: accept           -> id: acept                 | 2-accept.camel.yaml:1:  | expected the route with the id accept
            2-accept    | steps:               -> stepps:                   | 2-accept.camel.yaml     | what Camel does not read
            7-dead-letter | description:       -> description: [            | 7-dead-letter.camel.yaml: | a syntax error
            """)
    void aReplacementThatCannotWorkIsToldWithFileAndLine(String name, String change, String place, String fault)
            throws IOException {
        String[] words = change.split(" +-> ");
        String changed = shipped(name).replace(words[0], words[1]);
        assertThat(changed).isNotEqualTo(shipped(name));
        own(name + ".camel.yaml", changed);
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString().lines()).anySatisfy(line -> assertThat(line).contains(place, fault));
    }

    @Test
    void anIdIsUsedOnce() throws IOException {
        own("9-mine.camel.yaml", route("accept", "direct:mine", "to: {uri: \"log:mine\"}"));
        own("9-yours.camel.yaml", route("direct-send-direct", "direct:yours", "to: {uri: \"log:yours\"}"));
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "9-mine.camel.yaml:2: ",
                        "\"accept\", expected an id of its own: this is that of routes/2-accept")
                .contains(
                        "9-yours.camel.yaml:2: ",
                        "\"direct-send-direct\", expected an id of its own: this is that of the lane or intake of this name");
    }

    @ParameterizedTest
    @CsvSource({"4-submission", "4-direct-send", "4-relay"})
    void aFileOfOneOptionsLanesIsNotPassedOver(String before) throws IOException {
        own(before + ".camel.yaml", shipped("4-lane"));
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString()).contains(before, "4-lane.camel.yaml, which took its place");
    }

    @Test
    void aFileThatWouldNotBeLoadedIsTold() throws IOException {
        own("5-accepted.yaml", shipped("5-accepted"));
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString()).contains("5-accepted.yaml", "rename it, or take it away");
    }

    @Test
    void aFolderThatIsNotThereIsTold() throws IOException {
        Files.delete(routes);
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString()).contains("mailchute.yaml:1: ", "routes", "which is no folder");
    }
}
