package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;
import org.mailchute.testing.Mutations;

/** Whatever an application publishes as a mail request: a ticket, or refused with a reason and a remedy of one line each. */
class AnyRequestTest {
    private static final byte[] GOOD =
            ("{\"version\": 1, \"id\": \"r-1\", \"from\": \"sales@contoso.example\", \"fromName\": \"Sales\", \"to\": [\"a@x.example\"],"
                            + " \"cc\": \"c@x.example\", \"replyTo\": \"r@x.example\", \"subject\": \"Gr\u00fc\u00dfe\", \"text\": \"te\\nxt\","
                            + " \"html\": \"<p>x</p>\", \"headers\": {\"X-Invoice\": \"4711\"}, \"priority\": \"high\","
                            + " \"attachments\": [{\"name\": \"a.pdf\", \"contentType\": \"application/pdf\", \"content\": \"YWJjZGVm\"}],"
                            + " \"notBefore\": \"2026-12-01T08:00:00+01:00\", \"expires\": \"2026-12-05T00:00:00Z\","
                            + " \"senderPolicy\": \"strict\", \"correlationId\": \"c-1\"}")
                    .getBytes(StandardCharsets.UTF_8);
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        "[[[[[[",
        "\"",
        ":",
        ",",
        "\\",
        "\\u0000",
        "\\ud800",
        "\\r\\n",
        "\\/",
        "\0",
        "\u00ff\u00fe",
        "\u00ef\u00bb\u00bf",
        "\u00e4",
        "null",
        "true",
        "1e999",
        "-0",
        "99999999999999999999",
        "NaN",
        "/*",
        "\"to\": ",
        "\"bcc\": [\"a@x.example\",\"b@x.example\"],",
        "\"template\": \"../x\",",
        "\"fields\": {\"a\": 1},",
        "\"headers\": {\"Bcc\": \"x\"},",
        "{\"reference\": \"../../x\"},",
        "{\"name\": \"b\", \"body\": true},",
        "9999-12-31T23:59:59Z",
        "=",
        "x".repeat(1_000)
    };

    /** What {@code Shown} lets stand: private and unassigned characters do no harm. */
    private static final String ONE_LINE = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]{5,2000}";

    private static void read(long seed) throws IOException {
        try {
            Ticket ticket = new RequestTexts().read(new Mutations(seed, WORDS).of(GOOD));
            assertThat(ticket.header().subject()).as("seed %d", seed).matches("[^\\p{Cc}]*");
        } catch (Refused e) {
            assertThat(e.reason()).as("seed %d", seed).matches(ONE_LINE);
            assertThat(e.remedy()).as("seed %d", seed).matches(ONE_LINE);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void isATicketOrRefused() throws IOException {
        for (long seed = 0; seed < 2_000; seed++) {
            read(seed);
        }
    }

    @Test
    @Tag("nightly")
    void isATicketOrRefusedWithMorePatience() throws IOException {
        for (long seed = 2_000; seed < 500_000; seed++) {
            read(seed);
        }
    }
}
