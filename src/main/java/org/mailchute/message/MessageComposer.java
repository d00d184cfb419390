package org.mailchute.message;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import org.mailchute.spool.Ticket;

/**
 * Makes the MIME message of a ticket. Nothing is read before the message is written, and nothing is held whole. The same
 * ticket gives the same octets every time: Message-ID, Date and boundaries are fixed.
 */
public final class MessageComposer {
    /** Header fields, boundaries and line ends, more than they ever need without the texts themselves. */
    private static final long FRAME = 2_048;

    private static final long FRAME_OF_A_PART = 512;

    /**
     * The message, to be written once or often.
     *
     * @param payload where payload number n of the ticket is; must stay there while the message is written
     */
    public MimeMessage compose(Ticket ticket, IntFunction<Path> payload) throws MessagingException {
        ComposedMessage message = new ComposedMessage(ticket);
        if (ticket.payloads().isEmpty()) {
            setBody(message, ticket);
        } else {
            message.setContent(mixed(ticket, payload));
        }
        message.saveChanges();
        return message;
    }

    /**
     * An upper bound for the octets of the finished message, base64 and its line ends counted, within a few kilobytes of the
     * truth. Needs no payload.
     */
    public long encodedSize(Ticket ticket) {
        Ticket.Header header = ticket.header();
        long size = FRAME
                + text(ticket.text())
                + ticket.html().map(MessageComposer::text).orElse(0L);
        size += text(header.subject()) + text(header.fromName());
        size += 100L * (header.to().size() + header.cc().size());
        for (Map.Entry<String, String> extra : header.extra().entrySet()) {
            size += text(extra.getKey()) + text(extra.getValue());
        }
        for (Ticket.Payload payload : ticket.payloads()) {
            size += FRAME_OF_A_PART + 4 * text(payload.fileName()) + base64(payload.size());
        }
        return size;
    }

    /** Quoted-printable makes three octets of one, and a soft line end now and then. */
    private static long text(String text) {
        long octets = text.getBytes(StandardCharsets.UTF_8).length;
        return 3 * octets + octets / 8 + text.lines().count();
    }

    /** Lines of 76 characters for 57 octets, each with CRLF (RFC 2045 section 6.8). */
    private static long base64(long octets) {
        return (octets + 2) / 3 * 4 + (octets + 56) / 57 * 2;
    }

    private static FixedMultipart mixed(Ticket ticket, IntFunction<Path> payload) throws MessagingException {
        FixedMultipart parts = new FixedMultipart("mixed", ticket.queueId());
        MimeBodyPart body = new MimeBodyPart();
        setBody(body, ticket);
        parts.addBodyPart(body);
        for (int number = 0; number < ticket.payloads().size(); number++) {
            parts.addBodyPart(attachment(ticket.payloads().get(number), payload.apply(number)));
        }
        return parts;
    }

    private static void setBody(MimePart part, Ticket ticket) throws MessagingException {
        if (ticket.html().isEmpty()) {
            part.setText(lines(ticket.text()), "utf-8", "plain");
        } else if (ticket.text().isEmpty()) {
            part.setText(lines(ticket.html().get()), "utf-8", "html");
        } else {
            FixedMultipart parts = new FixedMultipart("alternative", ticket.queueId());
            parts.addBodyPart(text(ticket.text(), "plain"));
            parts.addBodyPart(text(ticket.html().get(), "html"));
            part.setContent(parts);
        }
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(lines(text), "utf-8", subtype);
        return part;
    }

    /** Every line end becomes CRLF: Exchange Online refuses bare ones (5.6.11). */
    private static String lines(String text) {
        return text.replaceAll("\r\n|\r|\n", "\r\n");
    }

    private static MimeBodyPart attachment(Ticket.Payload payload, Path file) throws MessagingException {
        MimeBodyPart part = new Base64Part(file);
        part.setDataHandler(new DataHandler(new FileDataSource(file.toFile())));
        AttachmentName name = AttachmentName.of(payload.fileName());
        part.setHeader("Content-Type", name.contentType(payload.contentType()));
        part.setHeader("Content-Disposition", name.disposition());
        part.setHeader("Content-Transfer-Encoding", "base64"); // else Angus opens the file to find out
        return part;
    }
}
