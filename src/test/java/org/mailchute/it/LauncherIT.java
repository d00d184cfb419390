package org.mailchute.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/mailchute} as it is installed, with the finished jar. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
class LauncherIT {
    private static final String FROM_THE_ARCHIVE = "source: shared objects file (top)";

    @TempDir
    Path installed;

    private Path jar;
    private Path archive;

    @BeforeEach
    void install() throws Exception {
        Files.createDirectories(installed.resolve("bin"));
        Path lib = Files.createDirectories(installed.resolve("lib"));
        Path launcher = Files.copy(Path.of("deploy/bin/mailchute"), installed.resolve("bin/mailchute"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        jar = Files.copy(
                Path.of(Objects.requireNonNull(System.getProperty("mailchute.jar"))), lib.resolve("mailchute.jar"));
        archive = lib.resolve("mailchute.jsa");
    }

    private String says(String options, String... command) throws Exception {
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().put("JAVA_HOME", System.getProperty("java.home"));
        program.environment().put("MAILCHUTE_JAVA_OPTS", options);
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return said;
    }

    private String version(String options) throws Exception {
        return says(options, installed.resolve("bin/mailchute").toString(), "--version");
    }

    @Test
    void anArchiveOfClassesBesideTheJarIsUsedAndOneThatIsNotItsOwnIsPassedOverInSilence() throws Exception {
        String alone = version("");
        assertThat(alone).matches("mailchute \\d\\S+\\R");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        says("", java.toString(), "-XX:ArchiveClassesAtExit=" + archive, "-jar", jar.toString(), "--version");

        assertThat(version("-Xlog:class+load")).contains(FROM_THE_ARCHIVE);
        assertThat(version("-XX:+UseParallelGC")).isEqualTo(alone);

        for (String other : List.of("", "no archive")) {
            Files.delete(archive);
            Files.writeString(archive, other);
            assertThat(version("")).isEqualTo(alone);
        }
    }

    @Test
    void aGatewaysHeapIsSmallAndWhatTheEnvironmentSaysHolds() throws Exception {
        String launcher = installed.resolve("bin/mailchute").toString();
        String heap = "-Xlog:gc+init";

        assertThat(says(heap, launcher, "run", "--help")).contains("Heap Initial Capacity: 32M");
        assertThat(says(heap + " -Xms48m", launcher, "run", "--help")).contains("Heap Initial Capacity: 48M");
        assertThat(says("-Xlog:gc", launcher, "run", "--help")).contains("Using Serial");
        assertThat(says("-Xlog:gc -XX:+UseParallelGC", launcher, "run", "--help"))
                .contains("Using Parallel");
    }
}
