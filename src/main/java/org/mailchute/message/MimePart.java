package org.mailchute.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One part of a message (RFC 2045 section 2.4): header lines, and a body that is written when it is asked for. Angus' own
 * parts look up their encoders through the class path for every part written, which took ten times as long as the rest.
 *
 * @param fields whole header lines, folded, without the last line end
 */
record MimePart(List<String> fields, Body body) {
    /** Writes a body, encoded; may be called again, with the same result. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Parts between boundaries (RFC 2046 section 5.1.1). */
    static MimePart multipart(String subtype, String boundary, List<MimePart> parts) {
        return new MimePart(
                List.of("Content-Type: multipart/%s; boundary=\"%s\"".formatted(subtype, boundary)), out -> {
                    for (MimePart part : parts) {
                        line(out, "--" + boundary);
                        part.writeTo(out);
                        line(out, "");
                    }
                    line(out, "--" + boundary + "--");
                });
    }

    /** Header lines, the blank line, and the body. */
    void writeTo(OutputStream out) throws IOException {
        line(out, String.join("\r\n", fields) + "\r\n");
        body.writeTo(out);
    }

    static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
