package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mailchute.management.Reloaded;
import org.mailchute.spool.SpoolJson;

/** {@code src/docs/commands.md} shows what {@code --json} prints, each key of it and no other. */
class CommandsPageTest {
    /** In the page's order. */
    private static final List<Class<?>> SHAPES = List.of(
            JsonAnswers.Begun.class,
            JsonAnswers.Checked.class,
            JsonAnswers.Differing.class,
            JsonAnswers.Explanation.class,
            JsonAnswers.Explanation.class,
            JsonAnswers.Lanes.class,
            JsonAnswers.Turned.class,
            Reloaded.class,
            JsonAnswers.Dead[].class,
            JsonAnswers.Decided.class,
            JsonAnswers.Forgotten.class,
            JsonAnswers.Device[].class,
            JsonAnswers.Linked.class);

    @Test
    void eachExampleHasTheKeysThatAreWrittenAndIsReadAsWhatItIs() throws Exception {
        List<String> examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/docs/commands.md")))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).hasSameSizeAs(SHAPES);
        ObjectMapper plain = new ObjectMapper();
        for (int i = 0; i < examples.size(); i++) {
            String written = SpoolJson.write(SpoolJson.read(examples.get(i), SHAPES.get(i)));
            assertThat(plain.readTree(written)).as(examples.get(i)).isEqualTo(plain.readTree(examples.get(i)));
        }
    }
}
