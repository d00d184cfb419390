package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.envelope.ForwardPath;

/** To, Cc and Bcc of a message for a server that knows no envelope. */
class AddressedMessageTest {
    /** Written an octet at a time, and in one piece. */
    private static MimeMessage message(String text, boolean piecemeal) {
        return new MimeMessage((Session) null) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
                if (piecemeal) {
                    for (byte octet : octets) {
                        out.write(octet);
                    }
                } else {
                    out.write(octets);
                }
            }
        };
    }

    private static String addressed(String text, String recipients, boolean piecemeal) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AddressedMessage(
                        message(text, piecemeal),
                        Arrays.stream(recipients.split(" "))
                                .map(name -> ForwardPath.parse(name + "@x.org"))
                                .toList())
                .writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "To: a@x.org, b@x.org             | a b   | To: a@x.org,; b@x.org",
                "To: a@x.org, b@x.org             | b     | To: b@x.org",
                "To: a@x.org;Cc: b@x.org          | a     | To: a@x.org",
                "To: a@x.org;Cc: b@x.org          | b     | Cc: b@x.org",
                "To: a@x.org                      | a c d | To: a@x.org;Bcc: c@x.org,; d@x.org",
                "To: a@x.org;Cc: a@x.org          | a     | To: a@x.org",
                "To: A@X.org                      | a     | To: A@X.org",
                "To: \"Doe, Ann\" <a@x.org>, z@x.org | a  | To: \"Doe, Ann\" <a@x.org>",
                "To: team: a@x.org, b@x.org\\;    | b     | To: b@x.org",
                "To: undisclosed-recipients:\\;   | a     | Bcc: a@x.org",
                "To: not an address               | a     | Bcc: a@x.org",
                "To: a@x.org;Bcc: z@x.org         | a     | To: a@x.org",
                "Subject: none                    | a     | Subject: none;Bcc: a@x.org",
            })
    void theHeaderNamesTheEnvelopeAndNobodyElse(String header, String recipients, String expected) throws Exception {
        String text = lines(header) + "\r\n\r\nTo: z@x.org\r\n\r\nbody\r\n";
        String wanted = lines(expected) + "\r\n\r\nTo: z@x.org\r\n\r\nbody\r\n";
        assertThat(addressed(text, recipients, false)).isEqualTo(wanted);
        assertThat(addressed(text, recipients, true)).isEqualTo(wanted);
    }

    /** A semicolon is a line's end, one after a backslash is one. */
    private static String lines(String text) {
        return text.replace("\\;", "\0").replace(";", "\r\n").replace("\0", ";");
    }
}
