package org.mailchute.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mailchute.message.Apart.Attachment;

/**
 * Adds attachments to a draft: a small one in one request, a larger one piece by piece.
 *
 * @param draft its path below the mailbox
 */
record Attaching(Http http, Streaming streaming, String draft) {
    /** From here on Graph wants an upload session, and below it refuses one. */
    private static final long SMALL = 3 << 20;

    /** Ten times 320 KiB, of which a piece must be a multiple; 4 MB is the most. */
    private static final long PIECE = 10 * (320 << 10);

    private static final ObjectMapper JSON = new ObjectMapper();

    void attach(Attachment attachment) throws LargeMail.Refused, Http.Silence, IOException {
        if (attachment.size() < SMALL) {
            whole(attachment);
        } else {
            pieces(attachment, session(attachment));
        }
    }

    /** The content stands last in the JSON, so that it can be written while it is read. */
    private void whole(Attachment attachment) throws LargeMail.Refused, Http.Silence {
        String start = json(Map.of(
                                "@odata.type", "#microsoft.graph.fileAttachment",
                                "name", attachment.name(),
                                "contentType", attachment.contentType()))
                        .replaceFirst("}$", "")
                + ",\"contentBytes\":\"";
        byte[] before = start.getBytes(StandardCharsets.UTF_8);
        byte[] after = "\"}".getBytes(StandardCharsets.UTF_8);
        LargeMail.agreed(streaming.send(
                http.to(draft + "/attachments").header("Content-Type", "application/json"),
                "POST",
                before.length + Measured.base64(attachment.size()) + after.length,
                out -> {
                    out.write(before);
                    Measured.base64(out, text -> copy(attachment, text));
                    out.write(after);
                },
                () -> {}));
    }

    private static void copy(Attachment attachment, OutputStream out) throws IOException {
        try (InputStream in = attachment.content().open()) {
            some(in, attachment.size(), out);
        }
    }

    private URI session(Attachment attachment) throws LargeMail.Refused, Http.Silence {
        byte[] order = json(Map.of(
                        "AttachmentItem",
                        Map.of(
                                "attachmentType", "file",
                                "name", attachment.name(),
                                "contentType", attachment.contentType(),
                                "size", attachment.size())))
                .getBytes(StandardCharsets.UTF_8);
        return LargeMail.address(LargeMail.agreed(streaming.send(
                http.to(draft + "/attachments/createUploadSession").header("Content-Type", "application/json"),
                "POST",
                order.length,
                out -> out.write(order),
                () -> {})));
    }

    private void pieces(Attachment attachment, URI session) throws LargeMail.Refused, IOException {
        try (InputStream in = attachment.content().open()) {
            for (long at = 0; at < attachment.size(); at += PIECE) {
                long length = Math.min(PIECE, attachment.size() - at);
                LargeMail.agreed(streaming.send(
                        http.elsewhere(session)
                                .header("Content-Type", "application/octet-stream")
                                .header(
                                        "Content-Range",
                                        "bytes " + at + "-" + (at + length - 1) + "/" + attachment.size()),
                        "PUT",
                        length,
                        out -> some(in, length, out),
                        () -> {}));
            }
        }
    }

    /** A file cut short on disk shall not be sent as if it were whole. */
    private static void some(InputStream in, long length, OutputStream out) throws IOException {
        byte[] block = new byte[16 << 10];
        long left = length;
        while (left > 0) {
            int read = in.read(block, 0, (int) Math.min(block.length, left));
            if (read < 0) {
                throw new IOException("an attachment is shorter than it was by %,d octets".formatted(left));
            }
            out.write(block, 0, read);
            left -= read;
        }
    }

    private static String json(Map<String, ?> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is JSON", e);
        }
    }
}
