package org.mailchute.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page a person reads says what the doctor does. */
class DoctorPageTest {
    @Test
    void eachTopicHasItsRowInOrderAndNoRowIsOfAnother() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("src/docs/doctor.md")).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split(" \\| ")[0] + " | " + line.split(" \\| ")[1])
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> "| " + topic.number() + " | "
                                + topic.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}
