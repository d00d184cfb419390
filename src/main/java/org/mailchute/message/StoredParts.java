package org.mailchute.message;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.SharedFileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes a ready-made message apart. Its parts stay in its file, and are read when they are needed. */
final class StoredParts {
    private static final String MIXED = "multipart/mixed";

    private StoredParts() {}

    /** Only what hangs on the message itself: what is signed, or belongs to a text, stays where it is. */
    static Apart of(StoredMessage stored) throws IOException, MessagingException {
        MimeMessage parsed = parsed(stored.file());
        if (!parsed.isMimeType(MIXED) || !(parsed.getContent() instanceof MimeMultipart parts)) {
            return new Apart(stored, List.of());
        }
        MimeMultipart rest = new MimeMultipart();
        List<Apart.Attachment> attachments = new ArrayList<>();
        for (int number = 0; number < parts.getCount(); number++) {
            BodyPart part = parts.getBodyPart(number);
            if (isAttachment(part)) {
                attachments.add(attachment(part));
            } else {
                rest.addBodyPart(part);
            }
        }
        return new Apart(new Rest(stored, rest), attachments);
    }

    private static MimeMessage parsed(Path file) throws IOException, MessagingException {
        return new MimeMessage((Session) null, new SharedFileInputStream(file.toFile()));
    }

    private static boolean isAttachment(BodyPart part) throws MessagingException {
        boolean whole = part.isMimeType("multipart/*") || part.isMimeType("message/*");
        return !whole && (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null);
    }

    private static Apart.Attachment attachment(BodyPart part) throws IOException, MessagingException {
        long size;
        try (InputStream in = part.getInputStream()) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
        String name = part.getFileName() == null ? "attachment" : part.getFileName();
        return new Apart.Attachment(name, type(part), size, () -> open(part));
    }

    private static String type(BodyPart part) {
        try {
            return new ContentType(part.getContentType()).getBaseType();
        } catch (MessagingException e) {
            return "application/octet-stream";
        }
    }

    private static InputStream open(BodyPart part) throws IOException {
        try {
            return part.getInputStream();
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    /** The header as it is sent, but for the boundary, and the parts that are left. */
    private static final class Rest extends MimeMessage {
        private final StoredMessage stored;
        private final MimeMultipart parts;

        Rest(StoredMessage stored, MimeMultipart parts) {
            super((Session) null);
            this.stored = stored;
            this.parts = parts;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException, MessagingException {
            for (String line : stored.header()) {
                boolean boundary = line.regionMatches(true, 0, "Content-Type:", 0, 13);
                out.write(((boundary ? "Content-Type: " + parts.getContentType() : line) + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(new byte[] {'\r', '\n'});
            parts.writeTo(out);
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
            writeTo(out);
        }
    }
}
