package org.mailchute.proof;

import jakarta.mail.BodyPart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.mailchute.simulator.Received;

/**
 * A message that the next hop has.
 *
 * @param pages the digests of all attachments in their order; of a message without any, that of its text
 * @param last nothing came over its session after it
 */
record Copy(String messageId, List<String> recipients, List<String> pages, boolean last) {
    static Copy read(Received mail, boolean last) throws Exception {
        try (InputStream in = Files.newInputStream(mail.file())) {
            MimeMessage message = new MimeMessage(null, in);
            return new Copy(message.getMessageID(), mail.recipients(), pages(message), last);
        }
    }

    private static List<String> pages(MimeMessage message) throws Exception {
        if (!message.isMimeType("multipart/*")) {
            return List.of(Input.digest(octets(message)));
        }
        List<String> pages = new ArrayList<>();
        MimeMultipart parts = (MimeMultipart) message.getContent();
        for (int number = 0; number < parts.getCount(); number++) {
            BodyPart part = parts.getBodyPart(number);
            if (part.getFileName() != null) {
                pages.add(Input.digest(octets(part)));
            }
        }
        return pages;
    }

    private static byte[] octets(Part part) throws Exception {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
