package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P7: whatever a file is called, its name in a mail is one harmless word of one header field. */
class AttachmentNameTest {
    @ParameterizedTest
    @CsvSource({
        "a.pdf, a.pdf",
        "../../etc/passwd, passwd",
        "C:\\scans\\a.pdf, a.pdf",
        "/abs/a.pdf, a.pdf",
        "a:b.pdf, a_b.pdf",
        "a;b*c?.pdf, a_b_c_.pdf",
        "'a\"b.pdf', a_b.pdf",
        "' a.pdf ', a.pdf",
        "Käse 日本 😀.pdf, Käse 日本 😀.pdf",
        "a/, attachment",
        "..., attachment",
        "'', attachment",
    })
    void pathsAndQuotesAreTakenOut(String name, String shown) {
        assertThat(AttachmentName.of(name).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n", "\0", "\u001b", "\u007f", "\u0085", "\u009b", "\u202e", "\u200f", "\u2028", "\u2029", "\ud800"
            })
    void controlsAndDirectionMarksAreTakenOut(String control) {
        assertThat(AttachmentName.of("a" + control + "b.pdf").shown()).isEqualTo("ab.pdf");
    }

    @Test
    void aLongNameKeepsItsEnding() {
        String shown = AttachmentName.of("😀".repeat(1_000) + ".pdf").shown();
        assertThat(shown.codePointCount(0, shown.length())).isEqualTo(150);
        assertThat(shown).startsWith("😀").endsWith(".pdf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.pdf",
                "Käse 日本 😀.pdf",
                "a'b.pdf",
                "a%20b.pdf",
                "=?utf-8?B?DQpCY2M6IHg=?=.pdf",
                "a\r\nBcc: eve@e.example",
                "a b (1) [2], {3}.pdf",
                "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää.pdf"
            })
    void bothPlacesSayTheSameNameAndNothingMore(String name) throws Exception {
        AttachmentName attachment = AttachmentName.of(name);
        String disposition = attachment.disposition();
        assertThat(disposition).doesNotContainPattern("[\\r\\n](?![ \\t\\n])").matches("[\\r\\n\\t -~]*");
        assertThat(new ContentDisposition(disposition).getParameter("filename")).isEqualTo(attachment.shown());
        String type = attachment.contentType("application/pdf");
        assertThat(type).doesNotContainPattern("[\\r\\n](?![ \\t\\n])").matches("[\\r\\n\\t -~]*");
        ContentType parsed = new ContentType(MimeUtility.unfold(type));
        assertThat(parsed.getBaseType()).isEqualTo("application/pdf");
        assertThat(MimeUtility.decodeText(parsed.getParameter("name")))
                .isEqualTo(MimeUtility.decodeText(attachment.shown()));
    }
}
