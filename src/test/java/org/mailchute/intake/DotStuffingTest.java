package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dots at line starts, doubled or not. In the cases, ! stands for CRLF. */
class DotStuffingTest {
    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.replace("!", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One octet a read, as a slow disk may give them. */
    private static InputStream slow(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] block, int from, int length) throws IOException {
                return in.read(block, from, Math.min(1, length));
            }
        };
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).replace("\r\n", "!");
    }

    @ParameterizedTest
    @CsvSource({"'a\n..b!..c', 'a\n.b!..c'", "'a\n..\n....!..', 'a\n.\n...!..'", "..a!..b, ..a!..b"})
    void afterLoneLfsAloneTheDotsOfADeviceAreUndone(String message, String undone) throws IOException {
        assertThat(text(DotStuffing.undoneAfterLoneLf(stream(message)))).isEqualTo(undone);
        assertThat(text(DotStuffing.undoneAfterLoneLf(slow(stream(message))))).isEqualTo(undone);
    }

    @ParameterizedTest
    @CsvSource({
        "a!b!, a!b!, a!b!",
        "..a!, .a!, .a!",
        ".a!, a!, .a!",
        "..!..b!, .!.b!, .!.b!",
        "..!.b!, .!b!, ..!.b!",
        ".!, .!, .!",
        "..!.!, .!.!, ..!.!",
        "., ., .",
        ".., ., .",
        "..a!., .a!., ..a!.",
        "a.!a..!, a.!a..!, a.!a..!",
        "...!, ..!, ..!",
        "!.!, !.!, !.!"
    })
    void yesTakesOneDotAwayAndAutoOnlyWhereAllAreDoubled(String file, String yes, String auto) throws IOException {
        assertThat(text(DotStuffing.YES.open(() -> stream(file)))).isEqualTo(yes);
        assertThat(text(DotStuffing.YES.open(() -> slow(stream(file))))).isEqualTo(yes);
        assertThat(text(DotStuffing.AUTO.open(() -> stream(file)))).isEqualTo(auto);
        assertThat(text(DotStuffing.NO.open(() -> stream(file)))).isEqualTo(file);
    }

    @Test
    void bareLineEndsBeginLinesToo() throws IOException {
        assertThat(text(DotStuffing.YES.open(() -> stream("a\n..b\r..c\n.\nd"))))
                .isEqualTo("a\n.b\r.c\n.\nd");
    }

    @Test
    void aDotAtAnyPlaceOfABlockIsFound() throws IOException {
        for (int before = (1 << 16) - 4; before < (1 << 16) + 4; before++) {
            String start = "x".repeat(before) + "\r\n";
            assertThat(text(DotStuffing.AUTO.open(() -> stream(start + "..a\r\n..\r\n"))))
                    .isEqualTo(start.replace("\r\n", "!") + ".a!.!");
            assertThat(text(DotStuffing.YES.open(() -> stream(start + ".\r\n."))))
                    .isEqualTo(start.replace("\r\n", "!") + ".!.");
        }
    }
}
