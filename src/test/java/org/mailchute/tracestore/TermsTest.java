package org.mailchute.tracestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
    @ParameterizedTest
    @CsvSource({
        "invoice 4711.pdf, 4711.pdf",
        "invoice 4711.pdf, 4711",
        "(4711).pdf, 4711",
        "(4711).pdf, (4711).pdf",
        "?fdp.txt, fdp.txt",
        "Müller-Lüdenscheidt.PDF, LÜDENSCHEIDT",
        "<id@host>, id@host",
    })
    void aNameIsFoundByWhatBeginsAWordOfItWhateverStandsBefore(String name, String sought) {
        assertThat(Terms.sought(sought))
                .allSatisfy(word -> assertThat(new Terms().add(name).all()).anyMatch(term -> term.startsWith(word)));
    }

    @Test
    void whatCannotBeSeenPartsWords() {
        assertThat(new Terms().add("scan \u202Efdp.txt\u00A0\u200Bnext").all())
                .containsExactlyInAnyOrder("scan", "fdp.txt", "fdp", "txt", "next");
        assertThat(Terms.sought("\u202Efdp.txt")).containsExactly("fdp.txt");
    }

    @Test
    void eachRecipientIsFoundHoweverManyThereAre() {
        List<String> all = IntStream.range(0, 500)
                .mapToObj(number -> "Person" + number + "@contoso.example")
                .toList();
        assertThat(new Terms().add("a novel ".repeat(100)).add(all).all())
                .contains("person0@contoso.example", "person499@contoso.example")
                .hasSizeLessThan(600);
    }

    @Test
    void ofANovelTheFirstWordsAreKept() {
        String novel = String.join(
                " ", IntStream.range(0, 500).mapToObj(number -> "w" + number).toList());
        assertThat(new Terms().add(novel).all()).hasSize(60).contains("w0");
    }
}
