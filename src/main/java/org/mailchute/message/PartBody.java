package org.mailchute.message;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import org.eclipse.angus.mail.util.QPEncoderStream;
import org.jspecify.annotations.Nullable;

/** The body of one part on its way: as it is, or encoded. */
final class PartBody {
    /** How it goes out. */
    enum Form {
        AS_IT_IS,
        QUOTED_PRINTABLE,
        BASE64;

        /** The value of Content-Transfer-Encoding; for those that are encoded here. */
        String encoding() {
            return this == BASE64 ? "base64" : "quoted-printable";
        }
    }

    private static final byte[] LINE_END = {'\r', '\n'};

    private final BodyCopy out;
    private final Form form;
    private final @Nullable OutputStream encoder;
    private byte[] lineEnd = {};
    private boolean any;

    PartBody(BodyCopy out, Form form) {
        this.out = out;
        this.form = form;
        this.encoder = form == Form.AS_IT_IS ? null : encoder(out.asStream(), form);
    }

    private static OutputStream encoder(OutputStream out, Form form) {
        return form == Form.QUOTED_PRINTABLE
                ? new QPEncoderStream(out)
                : Base64.getMimeEncoder(76, LINE_END).wrap(new FilterOutputStream(out) {
                    @Override
                    public void close() {} // the message goes on
                });
    }

    void put(BodyLines.Line line) throws IOException, UnfitMessage {
        if (encoder == null) {
            out.put(line.octets());
            return;
        }
        any = true;
        encoder.write(lineEnd);
        encoder.write(line.octets(), 0, line.length());
        lineEnd = end(line);
    }

    /** Of text the canonical one (RFC 2045 section 6.7), of anything else the one it has. */
    private byte[] end(BodyLines.Line line) {
        boolean ends = line.octets().length > line.length();
        return form == Form.QUOTED_PRINTABLE && ends
                ? LINE_END
                : java.util.Arrays.copyOfRange(line.octets(), line.length(), line.octets().length);
    }

    /** @param atBoundary the last line end belongs to it (RFC 2046 section 5.1.1) */
    void end(boolean atBoundary) throws IOException {
        if (encoder == null) {
            return;
        }
        if (!atBoundary) {
            encoder.write(lineEnd);
        }
        if (form == Form.BASE64) {
            encoder.close();
        } else {
            encoder.flush();
        }
        if (atBoundary && any) {
            out.lineEnd();
        } else {
            out.endLine();
        }
    }
}
