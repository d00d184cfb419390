package org.mailchute.message;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A message taken apart, for a server that wants large attachments one by one.
 *
 * @param rest the message without them: header, text and what belongs to the text
 * @param attachments in their order
 */
public record Apart(MimeMessage rest, List<Attachment> attachments) {
    public Apart {
        attachments = List.copyOf(attachments);
    }

    /**
     * An attachment, not encoded.
     *
     * @param name as the reader sees it
     * @param contentType type/subtype
     * @param size octets
     * @param content opened as often as it is read
     */
    public record Attachment(String name, String contentType, long size, Content content) {}

    /** Where an attachment's octets come from. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /**
     * Takes a message of a {@link MessageComposer} apart.
     *
     * @throws IOException when it cannot be read
     */
    public static Apart of(MimeMessage message) throws IOException, MessagingException {
        if (message instanceof ComposedMessage composed) {
            return composed.apart();
        }
        return message instanceof StoredMessage stored ? StoredParts.of(stored) : new Apart(message, List.of());
    }
}
