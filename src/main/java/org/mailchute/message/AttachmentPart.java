package org.mailchute.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.mailchute.spool.Ticket;

/** An attachment, streamed from its file in base64, many lines at a time. */
final class AttachmentPart {
    private static final byte[] LINE_END = {'\r', '\n'};
    /** Whole lines of 57 octets, so that each block ends with its line. */
    private static final int BLOCK = 57 * 1_024;

    private AttachmentPart() {}

    static MimePart of(Ticket.Payload payload, Path file) {
        AttachmentName name = AttachmentName.of(payload.fileName());
        return new MimePart(
                List.of(
                        "Content-Type: " + name.contentType(payload.contentType()),
                        "Content-Disposition: " + name.disposition(),
                        "Content-Transfer-Encoding: base64"),
                out -> write(file, payload.size(), out));
    }

    /** A file cut short on disk shall not be sent as if it were whole. */
    private static void write(Path file, long size, OutputStream out) throws IOException {
        long written = encode(file, (int) Math.min(BLOCK, size + 1), out);
        if (written != size) {
            throw new IOException(
                    "payload %s has %,d octets, its ticket says %,d".formatted(file.getFileName(), written, size));
        }
    }

    private static long encode(Path file, int atOnce, OutputStream out) throws IOException {
        Base64.Encoder encoder = Base64.getMimeEncoder(76, LINE_END);
        byte[] block = new byte[atOnce];
        long written = 0;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.readNBytes(block, 0, atOnce); read > 0; read = in.readNBytes(block, 0, atOnce)) {
                ByteBuffer lines = encoder.encode(ByteBuffer.wrap(block, 0, read));
                out.write(lines.array(), 0, lines.remaining());
                out.write(LINE_END);
                written += read;
            }
        }
        return written;
    }
}
