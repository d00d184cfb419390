package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.MailAddress;
import org.mailchute.testing.CountedStream;
import org.mailchute.testing.Mutations;

/** Whatever a device sends as a message: it is one, or unfit with a reason; nothing else, and not much more than it was. */
class AnyMessageTest {
    private static final ReadyMessage.Missing MISSING = new ReadyMessage.Missing(
            "<1@gateway>", Instant.parse("2026-11-23T10:00:00Z"), Optional.of(MailAddress.parse("env@contoso.com")));
    private static final byte[] GOOD =
            ("From: \"Mueller, Hans\" <h@contoso.com>\r\nTo: Team: a@contoso.com, b@contoso.com;\r\n"
                            + "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n--b 1\r\n"
                            + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n--b 1\r\n"
                            + "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Transfer-Encoding: quoted-printable\r\n"
                            + "\r\n=C3=A4\r\n--c--\r\n--b 1\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b 1\r\n"
                            + "Content-Disposition: attachment; filename*=utf-8''a%C3%A4.pdf\r\n\r\nx\r\n--b 1--\r\n")
                    .getBytes(StandardCharsets.UTF_8);
    private static final String[] WORDS = {
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "--b 1\r\n",
        "--b 1--",
        "--c",
        "\0",
        "\"",
        "(",
        "<",
        ">",
        ",",
        ";",
        ":",
        "@",
        "=?",
        "?=",
        "\\",
        "\u00e4",
        "\u00c3\u00a4",
        "=",
        "=C3",
        "From: ",
        "To: ",
        "Content-Type: ",
        "Content-Type: multipart/signed; boundary=d\r\n",
        "Content-Type: message/rfc822\r\n\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "x".repeat(1_000),
        "%",
        "*0*=",
        "name="
    };

    private static void read(long seed) throws IOException {
        byte[] octets = new Mutations(seed, WORDS).of(GOOD);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ReadyMessage.Copied copied = ReadyMessage.open(
                            new CountedStream(octets), seed % 2 == 0, StandardCharsets.ISO_8859_1)
                    .copyTo(out, MISSING);
            assertThat(copied.size()).as("seed %d", seed).isEqualTo(out.size());
        } catch (UnfitMessage e) {
            assertThat(e.reason()).as("seed %d", seed).matches("[ -~\u0080-\uffff]{5,300}");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
        assertThat(out.size()).as("seed %d", seed).isLessThan(20 * octets.length + 10_000);
        Stream<String> lines = out.toString(StandardCharsets.ISO_8859_1).lines();
        assertThat(lines.allMatch(line -> line.length() <= 998))
                .as("seed %d", seed)
                .isTrue();
        assertThat(out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", ""))
                .as("seed %d", seed)
                .doesNotContain("\r", "\n", "\0");
    }

    @Test
    void isSentOrUnfit() throws IOException {
        for (long seed = 0; seed < 1_000; seed++) {
            read(seed);
        }
        read(15_389); // a parameter with a name of 1,000 letters
    }

    @Test
    @Tag("nightly")
    void isSentOrUnfitWithMorePatience() throws IOException {
        for (long seed = 0; seed < 300_000; seed++) {
            read(seed);
        }
    }
}
