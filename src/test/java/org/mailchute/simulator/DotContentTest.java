package org.mailchute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotContentTest {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private InputStream read(String octets, long limit) throws IOException {
        InputStream in = new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
        try (DotContent content = new DotContent(kept, limit)) {
            content.readFrom(() -> {
                int octet = in.read();
                if (octet < 0) {
                    throw new EOFException();
                }
                return octet;
            });
        }
        return in;
    }

    @Test
    void itEndsAtTheLoneDotAndLeavesWhatFollows() throws Exception {
        InputStream rest = read("a\r\n.\r\nNOOP\r\n", 100);
        assertThat(kept).hasToString("a\r\n");
        assertThat(rest.readAllBytes()).isEqualTo("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void itMayBeEmpty() throws Exception {
        read(".\r\n", 100);
        assertThat(kept.size()).isZero();
    }

    @Test
    void doubledDotsAreUndoneAtTheStartOfALineOnly() throws Exception {
        read("..a\r\nb..c\r\n...\r\n.\r\n", 100);
        assertThat(kept).hasToString(".a\r\nb..c\r\n..\r\n");
    }

    /** Endings that some servers take and others do not are how mail is smuggled; here only CRLF.CRLF ends a message. */
    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\rx"})
    void nothingElseEndsIt(String ending) throws Exception {
        read("a" + ending + "MAIL FROM:<smuggled@contoso.example>\r\n.\r\n", 100);
        assertThat(kept.toString(StandardCharsets.ISO_8859_1)).contains("smuggled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\r\n", "a\r\n.", "a\r\n.\r"})
    void anythingShorterIsCutOff(String octets) {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(octets, 100));
    }

    @Test
    void whatIsOverTheLimitIsReadAndNotKept() throws Exception {
        InputStream rest = read("x".repeat(50) + "\r\n.\r\nNOOP", 10);
        assertThat(kept.size()).isEqualTo(10);
        assertThat(rest.available()).isEqualTo(4);
    }
}
