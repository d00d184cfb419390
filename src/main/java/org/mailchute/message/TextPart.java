package org.mailchute.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.angus.mail.util.QPEncoderStream;

/** A text body in UTF-8. Always encoded, plain ASCII too: no line is too long, and none can pass for a boundary. */
final class TextPart {
    private TextPart() {}

    /** @param subtype {@code plain} or {@code html} */
    static MimePart of(String text, String subtype) {
        byte[] octets = lines(text).getBytes(StandardCharsets.UTF_8);
        String type = "Content-Type: text/" + subtype + "; charset=utf-8";
        long beyondAscii = text.chars().filter(character -> character > '~').count();
        if (beyondAscii > text.length() / 6) {
            return new MimePart(
                    List.of(type, "Content-Transfer-Encoding: base64"),
                    out -> out.write(Base64.getMimeEncoder().encode(octets)));
        }
        return new MimePart(List.of(type, "Content-Transfer-Encoding: quoted-printable"), out -> {
            QPEncoderStream encoder = new QPEncoderStream(out);
            encoder.write(octets);
            encoder.flush();
        });
    }

    /** Every line end becomes CRLF: Exchange Online refuses bare ones (5.6.11). */
    private static String lines(String text) {
        return text.replaceAll("\r\n|\r|\n", "\r\n");
    }
}
