package org.mailchute.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.Envelope;
import org.mailchute.message.ReadyMessage;
import org.mailchute.message.UnfitMessage;
import org.mailchute.testing.CountedStream;
import org.mailchute.testing.Mutations;

/** Whatever the header of a pickup file says: an envelope, or one line that says what is wrong with it. */
class AnyHeaderTest {
    private static final byte[] GOOD =
            ("X-Sender: <bounces@contoso.com> BODY=8BITMIME RET=HDRS\r\nX-Receiver: a@contoso.com NOTIFY=NEVER\r\n"
                            + "X-Receiver: <b@contoso.com>\r\nFrom: \"Mueller, Hans\" <h@contoso.com>, i@contoso.com\r\n"
                            + "Sender: Hans <h@contoso.com>\r\nTo: Team: a@contoso.com, b@contoso.com;\r\n"
                            + "Cc: c@contoso.com\r\n (comment)\r\nBcc: d@contoso.com\r\nSubject: x\r\n\r\nbody\r\n")
                    .getBytes(StandardCharsets.UTF_8);
    private static final String[] WORDS = {
        "\r\n",
        "\r\n ",
        "\n",
        "\r",
        "\0",
        "<",
        ">",
        "<>",
        "\"",
        "\\",
        "(",
        ")",
        ",",
        ";",
        ":",
        "@",
        " ",
        "\t",
        "=?utf-8?Q?=0D=0A?=",
        "\u00ff",
        "\u00c3\u00a4",
        "X-Sender: ",
        "X-Receiver: ",
        "From: ",
        "From: a@contoso.com\r\n",
        "To: ",
        "Bcc: ",
        "%",
        "a@contoso.com",
        "((((((((",
        "x".repeat(1_000)
    };

    private static void read(long seed) throws IOException {
        byte[] octets = new Mutations(seed, WORDS).of(GOOD);
        try {
            ReadyMessage message =
                    ReadyMessage.open(new CountedStream(octets), seed % 2 == 0, StandardCharsets.ISO_8859_1);
            Envelope envelope = new HeaderEnvelope(message.header()).envelope(Optional.empty());
            assertThat(envelope.forwardPaths())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allMatch(path -> path.toString().matches("[!-~]+@[a-z0-9.-]+"));
        } catch (Refused e) {
            assertThat(e.reason() + " " + e.remedy())
                    .as("seed %d", seed)
                    .matches("[^\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]{5,500}");
        } catch (UnfitMessage e) {
            assertThat(e.reason()).as("seed %d", seed).matches("[^\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]{5,500}");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void isAnEnvelopeOrRefused() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            read(seed);
        }
    }

    @Test
    @Tag("nightly")
    void isAnEnvelopeOrRefusedWithMorePatience() throws IOException {
        for (long seed = 2_000; seed < 500_000; seed++) {
            read(seed);
        }
    }
}
