package org.mailchute.architecture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code src/docs/security.md} names tests that are there, and all that try random input. */
class SecurityPageTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");

    private static List<MatchResult> named() throws IOException {
        return NAMED.matcher(Files.readString(Path.of("src/docs/security.md")))
                .results()
                .toList();
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            return all.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(SecurityPageTest::name, Function.identity()));
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    @Test
    void eachTestThatIsNamedIsThere() throws IOException {
        Map<String, Path> tests = tests();
        assertThat(named()).hasSizeGreaterThan(50);
        for (MatchResult test : named()) {
            assertThat(tests).containsKey(test.group(1));
            assertThat(Files.readString(requireNonNull(tests.get(test.group(1))))
                            .contains("void " + test.group(2) + "("))
                    .as(test.group())
                    .isTrue();
        }
    }

    @Test
    void eachTestOfRandomInputHasItsBorder() throws IOException {
        List<String> onThePage = named().stream().map(test -> test.group(1)).toList();
        assertThat(tests().keySet().stream()
                        .filter(name -> name.matches("Any\\w+Test") && !name.equals("AnyBrokerTest")))
                .isSubsetOf(onThePage);
    }
}
