package org.mailchute.proof;

import jakarta.mail.BodyPart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.mailchute.simulator.Received;

/**
 * A message that the next hop has.
 *
 * @param last nothing came over its session after it
 */
record Copy(String messageId, List<String> recipients, String digest, boolean last) {
    static Copy read(Received mail, boolean last) throws Exception {
        try (InputStream in = Files.newInputStream(mail.file())) {
            MimeMessage message = new MimeMessage(null, in);
            return new Copy(message.getMessageID(), mail.recipients(), Input.digest(content(message)), last);
        }
    }

    /** All attachments in their order; of a message without any, its text. */
    private static byte[] content(MimeMessage message) throws Exception {
        if (!message.isMimeType("multipart/*")) {
            return octets(message);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        MimeMultipart parts = (MimeMultipart) message.getContent();
        for (int number = 0; number < parts.getCount(); number++) {
            BodyPart part = parts.getBodyPart(number);
            if (part.getFileName() != null) {
                all.writeBytes(octets(part));
            }
        }
        return all.toByteArray();
    }

    private static byte[] octets(Part part) throws Exception {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
