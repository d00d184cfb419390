package org.mailchute.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassSizeTest {
    private static final Path HOUSE = Path.of("src/main/java/org/mailchute");
    private static final int MOST = 250;
    private static final double LARGEST_ROOM = 0.12;

    /** Of the product, with their lines. */
    private static Map<Path, Integer> files() throws IOException {
        Map<Path, Integer> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(HOUSE)) {
            for (Path file :
                    (Iterable<Path>) found.filter(file -> file.toString().endsWith(".java"))::iterator) {
                files.put(HOUSE.relativize(file), Files.readAllLines(file).size());
            }
        }
        return files;
    }

    @Test
    void noClassOfTheProductIsLongerThanOneReads() throws IOException {
        Map<Path, Integer> tooLong = files();
        tooLong.values().removeIf(lines -> lines <= MOST);
        assertThat(tooLong).as("lines, at most " + MOST).isEmpty();
    }

    @Test
    void noRoomIsAHouseOfItsOwn() throws IOException {
        Map<Path, Integer> files = files();
        int all = files.values().stream().mapToInt(Integer::intValue).sum();
        Map<Path, Integer> rooms = files.entrySet().stream()
                .collect(Collectors.groupingBy(
                        file -> file.getKey().getName(0), Collectors.summingInt(Map.Entry::getValue)));
        rooms.values().removeIf(lines -> lines <= LARGEST_ROOM * all);
        assertThat(rooms).as("lines, at most 12 %% of %d", all).isEmpty();
    }
}
