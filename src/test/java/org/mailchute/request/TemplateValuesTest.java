package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.intake.TextTemplate;

class TemplateValuesTest {
    @Test
    void fieldsAreFilledIn() {
        assertThat(render("${file} of ${intake}, ${file}", "a.pdf")).isEqualTo("a.pdf of scans, a.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$", "$file", "{file}", "100 $ {a}", "$$", "a$1b\\"})
    void whatIsNoFieldStaysAsItIs(String template) {
        assertThat(render(template, "a.pdf")).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${files}",
                "${}",
                "${file",
                "${",
                "${FILE}",
                "${ file }",
                "a ${file} ${env:HOME}",
                "${file${size}}"
            })
    void anUnknownFieldIsNamedWithThoseThereAre(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextTemplate.parse(template))
                .withMessageContaining("there is no field ${")
                .withMessageContaining("${file}, ${intake}, ${date}, ${size}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${intake}", "$1", "\\", "$", "${file}", "${jndi:ldap://x}"})
    void aValueIsNeverReadAsATemplate(String value) {
        assertThat(render("<${file}>", value)).isEqualTo("<" + value + ">");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r", "\0", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029", "\u202e", "\ud800"
            })
    void whatBreaksALineIsMaskedInAValue(String control) {
        assertThat(render("${file}", "a" + control + "b")).isEqualTo("a?b");
    }

    @Test
    void linesOfTheTemplateItselfStay() {
        assertThat(render("a\n${file}\n", "b")).isEqualTo("a\nb\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1 KB",
        "1, 1 KB",
        "1999, 1 KB",
        "2000, 2 KB",
        "999999, 999 KB",
        "1000000, 1.0 MB",
        "25500000, 25.5 MB"
    })
    void sizesAreDecimal(long octets, String shown) {
        assertThat(TextTemplate.fields("", "", SampleRequest.NOON, octets)).containsEntry("size", shown);
    }

    @Test
    void everyFieldThereIsCanBeFilled() {
        assertThat(TextTemplate.fields("f", "i", SampleRequest.NOON, 1)).containsOnlyKeys(TextTemplate.FIELDS);
    }

    private static String render(String template, String file) {
        return TextTemplate.parse(template).render(Map.of("file", file, "intake", "scans"));
    }
}
