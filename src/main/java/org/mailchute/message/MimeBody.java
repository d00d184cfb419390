package org.mailchute.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message that somebody else has built, part by part as it streams: fields of parts that hold octets beyond
 * ASCII or lines that are too long are mended, and bodies beyond ASCII are encoded, since Exchange damages such in multiparts
 * though it offers 8BITMIME. What is signed stays as it is, octet for octet.
 */
final class MimeBody {
    private final BodyLines lines;
    private final Charset charset;
    private final boolean untouchable;
    private final Boundaries boundaries = new Boundaries();
    private PartBody.Form form = PartBody.Form.AS_IT_IS;
    private BodyCopy.Breaks breaks = BodyCopy.Breaks.BLANK;
    private boolean message;

    /**
     * @param header of the whole message
     * @param charset of octets in fields that are neither ASCII nor UTF-8
     * @param untouchable a signature covers the body
     */
    MimeBody(InputStream in, PartHeader header, Charset charset, boolean untouchable) throws IOException {
        this.lines = new BodyLines(in);
        this.charset = charset;
        this.untouchable = untouchable;
        begin(header);
    }

    /** What the message's own header must say, where it says otherwise. */
    Optional<String> encoding() {
        return form == PartBody.Form.AS_IT_IS ? Optional.empty() : Optional.of(form.encoding());
    }

    void copyTo(BodyCopy out) throws IOException, UnfitMessage {
        nested(out);
        PartBody body = body(out);
        for (BodyLines.Line line = lines.next(); line != null; line = lines.next()) {
            Boundaries.Found found = boundaries.find(line);
            if (found.level() < 0) {
                body.put(line);
                continue;
            }
            body.end(true);
            plain();
            body(out).put(line);
            boundaries.leave(found);
            if (!found.closes()) {
                header(out, boundaries.inDigest());
                nested(out);
            }
            body = body(out);
        }
        body.end(false);
        out.end();
    }

    private PartBody body(BodyCopy out) {
        out.breaks(breaks);
        return new PartBody(out, form);
    }

    /** Messages in messages: what is deeper than any reader goes is content. */
    private void nested(BodyCopy out) throws IOException, UnfitMessage {
        for (int depth = 0; message && depth < Boundaries.DEEPEST; depth++) {
            plain();
            header(out, false);
        }
    }

    /** What stands between parts. */
    private void plain() {
        form = PartBody.Form.AS_IT_IS;
        breaks = BodyCopy.Breaks.BLANK;
        message = false;
    }

    private void begin(PartHeader header) throws IOException {
        plain();
        if (untouchable || header.signed()) {
            return;
        }
        message = header.message();
        if (header.multipart()) {
            boundaries.enter(header.boundary(), header.digest());
        } else if (!header.composite() && !header.encoded()) {
            form = form(header);
        }
        breaks = BodyCopy.Breaks.of(header.encoding());
    }

    private PartBody.Form form(PartHeader header) throws IOException {
        BodyLines.Ahead ahead = lines.ahead(boundaries::isOne);
        boolean encode = ahead == BodyLines.Ahead.EIGHT_BIT || (ahead == BodyLines.Ahead.LONG && header.saysEightBit());
        if (!encode) {
            return PartBody.Form.AS_IT_IS;
        }
        return header.isText() && !header.encoding().equals("binary")
                ? PartBody.Form.QUOTED_PRINTABLE
                : PartBody.Form.BASE64;
    }

    private void header(BodyCopy out, boolean ofDigest) throws IOException, UnfitMessage {
        byte[] octets = headerOctets();
        List<HeaderField> fields = fields(octets);
        if (fields == null) {
            plain();
            out.put(octets);
            return;
        }
        begin(new PartHeader(fields, ofDigest));
        Optional<String> encoding = encoding();
        if (encoding.isEmpty() && fields.stream().allMatch(FittingField::fits)) {
            out.put(octets);
        } else {
            encoding.ifPresent(value -> replace(fields, new HeaderField(PartHeader.ENCODING, " " + value)));
            write(fields, out);
        }
    }

    private static void replace(List<HeaderField> fields, HeaderField field) {
        fields.removeIf(other -> other.is(field.name()));
        fields.add(field);
    }

    private static void write(List<HeaderField> fields, BodyCopy out) throws IOException, UnfitMessage {
        for (HeaderField field : fields) {
            out.put((fitting(field) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.put(new byte[] {'\r', '\n'});
    }

    /** One that cannot be folded is broken as any other long line. */
    private static HeaderField fitting(HeaderField field) {
        try {
            return FittingField.of(field);
        } catch (UnfitMessage e) {
            return field;
        }
    }

    /** Up to the empty line, or to a boundary where there is none; or as much as a header may have. */
    private byte[] headerOctets() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (BodyLines.Line line = lines.next(); line != null; line = lines.next()) {
            if (boundaries.isOne(line)) {
                lines.back(line);
                break;
            }
            octets.writeBytes(line.octets());
            if (line.empty() || octets.size() > ReadyMessage.MOST_HEADER) {
                break;
            }
        }
        return octets.toByteArray();
    }

    /** Null when they are none: what has no header that can be read is left alone. */
    private @Nullable List<HeaderField> fields(byte[] octets) throws IOException {
        if (octets.length <= 2) {
            return new ArrayList<>();
        }
        if (octets.length > ReadyMessage.MOST_HEADER) {
            return null;
        }
        byte[] whole = java.util.Arrays.copyOf(octets, octets.length + 4);
        System.arraycopy(new byte[] {'\r', '\n', '\r', '\n'}, 0, whole, octets.length, 4);
        PushbackInputStream in =
                new PushbackInputStream(new ByteArrayInputStream(whole), ReadyMessage.MOST_HEADER + (1 << 14));
        try {
            return new ArrayList<>(new HeaderReader(in, ReadyMessage.MOST_HEADER + (1 << 14), false, charset).read());
        } catch (UnfitMessage e) {
            return null;
        }
    }
}
