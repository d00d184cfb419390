package org.mailchute.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.settings.yaml.Fault;

/**
 * Every {@code faults/*.yaml} gives exactly the lines of the {@code .expected} file beside it; {@code HUNTER2} stands where
 * somebody wrote a secret.
 */
class SettingsFaultsTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/mailchute/settings/faults");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", "HUNTER2", "EMPTY", "", "LINES", "HUNTER2\nHUNTER2");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void allFaultsAreToldAtOnceEachWithLineKeyValueAndWhatWasExpected(Path file) throws IOException {
        Path expected = Path.of(file.toString().replace(".yaml", ".expected"));
        assertThat(faults(file)).isEqualTo(Files.readAllLines(expected));
    }

    @ParameterizedTest
    @MethodSource("files")
    void noSecretIsEverShown(Path file) {
        assertThat(faults(file)).noneMatch(fault -> fault.contains("HUNTER2"));
    }

    private static List<String> faults(Path file) {
        try {
            SettingsReader.read(file, ENVIRONMENT);
            return List.of();
        } catch (FaultySettings e) {
            return e.faults().stream()
                    .map(Fault::toString)
                    .map(line -> line.replace(FOLDER + "/", ""))
                    .toList();
        }
    }
}
