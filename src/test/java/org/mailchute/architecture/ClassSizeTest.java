package org.mailchute.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassSizeTest {
    private static final int MOST = 250;

    @Test
    void noClassOfTheProductIsLongerThanOneReads() throws IOException {
        Map<Path, Integer> tooLong = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(file -> file.toString().endsWith(".java"))::iterator) {
                int lines = Files.readAllLines(file).size();
                if (lines > MOST) {
                    tooLong.put(file, lines);
                }
            }
        }
        assertThat(tooLong).as("lines, at most " + MOST).isEmpty();
    }
}
