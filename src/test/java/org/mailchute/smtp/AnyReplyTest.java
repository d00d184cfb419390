package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.testing.CountedStream;
import org.mailchute.testing.Mutations;

/** Whatever a server answers: lines, or the end of the connection; never more of them than have come. */
class AnyReplyTest {
    private static final byte[] GOOD = "220 a\r\n250-a\r\n250-SIZE 100\r\n250 HELP\r\n250 2.1.0 Ok\r\n550 5.1.1 no\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String[] WORDS = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        "-",
        " ",
        "250",
        "250-",
        "999",
        "\u00ff",
        "\u00c3\u00a4",
        "250-x\r\n".repeat(200),
        "x".repeat(70_000)
    };

    private static void read(long seed) {
        byte[] octets = new Mutations(seed, WORDS).of(GOOD);
        ReplyReader reader = new ReplyReader(new CountedStream(octets));
        int left = octets.length;
        try {
            while (true) {
                List<String> lines = reader.next(() -> {});
                assertThat(lines).as("seed %d", seed).isNotEmpty();
                left -= lines.size();
                assertThat(left).as("seed %d", seed).isNotNegative();
            }
        } catch (IOException e) {
            assertThat(e).as("seed %d", seed).hasMessageMatching("closed the connection|a reply of more than .*");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void isLinesOrAnEnd() {
        for (long seed = 0; seed < 500; seed++) {
            read(seed);
        }
    }

    @Test
    @Tag("nightly")
    void isLinesOrAnEndWithMorePatience() {
        for (long seed = 0; seed < 200_000; seed++) {
            read(seed);
        }
    }
}
