package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What people are told to type is a command, with options that it has; where they are sent there is something. */
class DocsTest {
    /** In a code span, or a line of a block; up to what explains it. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:`|^)(?:runuser -u mailchute -- (?:timeout [^m]* )?)?mailchute ([^`|>#\\n]+?)(?=[`|>#\\n]| {2})",
            Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    static Stream<Path> pages() throws IOException {
        Stream<Path> outside = Stream.of("README.md", "deploy/README.md", "deploy/prometheus/mailchute-alerts.yaml")
                .map(Path::of);
        try (Stream<Path> docs = Files.walk(Path.of("src/docs"))) {
            return Stream.concat(outside, docs.filter(page -> page.toString().endsWith(".md")).toList().stream());
        }
    }

    private static List<String> commands(Path page) throws IOException {
        return COMMAND.matcher(Files.readString(page).replaceAll("\\{\\{[^}]*}}", "NAME"))
                .results()
                .map(command -> command.group(1).strip())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandThatAPageNamesExistsWithTheseOptions(Path page) throws IOException {
        for (String command : commands(page)) {
            try {
                Main.commandLine().parseArgs(command.split(" "));
            } catch (MissingParameterException onlyItsName) {
                // such as dead drop, in a sentence
            } catch (ParameterException e) {
                fail("%s: mailchute %s: %s", page, command, e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkOfAPageLeadsToAFileAndAHeading(Path page) throws IOException {
        for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).as("%s: %s", page, link.group()).exists();
            if (link.group(2) != null) {
                assertThat(headings(target)).as("%s: %s", page, link.group()).contains(link.group(2));
            }
        }
    }

    /** As the anchors that the usual renderers make of them. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void theyAreFoundInThePages() throws IOException {
        assertThat(commands(Path.of("src/docs/troubleshoot.md")))
                .contains(
                        "lanes",
                        "dead list",
                        "doctor --lane mailbox --send-test",
                        "explain --file /srv/scans/scan.pdf");
        assertThat(commands(Path.of("src/docs/install.md"))).contains("run --rehearse", "check");
    }
}
