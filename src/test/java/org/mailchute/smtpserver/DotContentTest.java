package org.mailchute.smtpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotContentTest {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();

    /** Of a message of 100 octets at the most. */
    private DotContent content(String octets, OutputStream out) {
        in = new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
        return new DotContent(this::next, out, 100);
    }

    private int next() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }

    private DotContent read(String octets, boolean loneLf) throws IOException {
        DotContent content = content(octets, kept);
        content.copy(loneLf);
        return content;
    }

    private String left() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void itEndsAtTheLoneDotAndLeavesWhatFollows() throws Exception {
        assertThat(read("a\r\n.\r\nNOOP\r\n", false).length()).isEqualTo(3);
        assertThat(kept).hasToString("a\r\n");
        assertThat(left()).isEqualTo("NOOP\r\n");
    }

    @Test
    void itMayBeEmpty() throws Exception {
        read(".\r\n", false);
        assertThat(kept.size()).isZero();
    }

    @Test
    void doubledDotsAreUndoneAtTheStartOfALineOnly() throws Exception {
        read("..a\r\nb..c\r\n...\r\n.\r\n", false);
        assertThat(kept).hasToString(".a\r\nb..c\r\n..\r\n");
    }

    /** Endings that some servers take and others do not are how mail is smuggled; here only CRLF.CRLF ends a message. */
    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\rx"})
    void nothingElseEndsIt(String ending) throws Exception {
        read("a" + ending + "MAIL FROM:<smuggled@contoso.example>\r\n.\r\n", false);
        assertThat(kept.toString(StandardCharsets.ISO_8859_1)).contains("smuggled");
    }

    @Test
    void loneLfEndsLinesAndTheMessageWhereDataEndedSo() throws Exception {
        read("a\n..b\n.c\n.\nNOOP\n", true);
        assertThat(kept).hasToString("a\n.b\nc\n");
        assertThat(left()).isEqualTo("NOOP\n");
    }

    /** Python's sendmail(bytes) doubles the dots after every LF and leaves lone LFs as they are. */
    @ParameterizedTest
    @CsvSource({
        "'a\n..b\r\n', true",
        "'a\n..\n...b\n\r\n', true",
        "'\r\n..a\n..b\r\n', true",
        "'a\n.b\n..c\r\n', false",
        "'a\n..b\n.\r\n', false",
        "'a\r\n..b\r\n', false",
        "'a\nb\r\n', false",
        "'a\r..b\r\n', false",
    })
    void dotsAfterLoneLfsAreDoubledWhereAllAre(String content, boolean doubled) throws Exception {
        assertThat(read(content + ".\r\n", false).dotsDoubled()).isEqualTo(doubled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\r\n", "a\r\n.", "a\r\n.\r"})
    void anythingShorterIsCutOff(String octets) {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(octets, false));
    }

    @Test
    void whatIsOverTheLimitIsReadAndNotKept() throws Exception {
        DotContent content = read("x".repeat(500) + "\r\n.\r\nNOOP", false);
        assertThat(content.tooLarge()).isTrue();
        assertThat(content.length()).isEqualTo(502);
        assertThat(kept.size()).isEqualTo(100);
        assertThat(left()).isEqualTo("NOOP");
    }

    @Test
    void whatCannotBeWrittenIsReadAndToldOf() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no space left");
            }
        };
        DotContent content = content("a\r\n.\r\nNOOP", full);
        content.copy(false);
        assertThat(content.unwritten()).isTrue();
        assertThat(left()).isEqualTo("NOOP");
    }
}
