package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.request.RequestTexts;

class TextTemplateTest {
    @Test
    void everyFieldIsFilledIn() {
        Map<String, String> fields = TextTemplate.fields("a.pdf", "scans", RequestTexts.NOON, 1_234_567);

        assertThat(TextTemplate.parse("${file}|${intake}|${size}|${file}").render(fields))
                .isEqualTo("a.pdf|scans|1.2 MB|a.pdf");
        assertThat(TextTemplate.parse("${date}").render(fields)).matches("2026-11-2[234] \\d\\d:\\d\\d");
        assertThat(fields.keySet()).isEqualTo(TextTemplate.FIELDS);
    }

    @ParameterizedTest
    @CsvSource({"0, 1 KB", "999, 1 KB", "2500, 2 KB", "999999, 999 KB", "1000000, 1.0 MB", "31457280, 31.5 MB"})
    void sizesAreShownAsPeopleReadThem(long octets, String shown) {
        assertThat(TextTemplate.fields("", "", RequestTexts.NOON, octets)).containsEntry("size", shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${usr}", "${}", "${File}", "${file", "a ${file} ${file}${x", "${ file}", "${env:PATH}"})
    void anUnknownFieldIsToldWhenTheSettingsAreRead(String template) {
        assertThatThrownBy(() -> TextTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no field ${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$file", "{file}", "5 $ \\ $1", "$"})
    void whatIsNoFieldStaysAsItIs(String template) {
        assertThat(TextTemplate.parse(template).render(Map.of())).isEqualTo(template);
    }

    @Test
    void aValueIsNeverReadAsATemplateAndBringsNoLineEnd() {
        Map<String, String> fields = TextTemplate.fields("${intake}\r\n$1\\", "scans", RequestTexts.NOON, 1);

        assertThat(TextTemplate.parse("<${file}>").render(fields)).isEqualTo("<${intake}??$1\\>");
    }
}
