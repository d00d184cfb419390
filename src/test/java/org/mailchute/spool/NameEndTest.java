package org.mailchute.spool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameEndTest {
    @ParameterizedTest
    @CsvSource({
        "scan.pdf, 8, scan.pdf",
        "scan.pdf, 6, an.pdf",
        "üben.pdf, 9, üben.pdf",
        "üben.pdf, 8, ben.pdf", // no half of a character
        "\ud83d\ude00.pdf, 8, \ud83d\ude00.pdf",
        "\ud83d\ude00.pdf, 7, .pdf"
    })
    void isWhatFitsOfItWithItsType(String name, int longest, String end) {
        assertThat(NameEnd.of(name, longest)).isEqualTo(end);
    }
}
