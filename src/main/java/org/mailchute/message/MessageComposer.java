package org.mailchute.message;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.mailchute.envelope.MailAddress;
import org.mailchute.spool.Ticket;

/**
 * Makes the MIME message of a ticket. Nothing is read before the message is written, and nothing is held whole. The same
 * ticket gives the same octets every time: Message-ID, Date and boundaries are fixed.
 */
public final class MessageComposer {
    /** Header fields, boundaries and line ends, more than they ever need without the texts themselves. */
    private static final long FRAME = 2_048;

    private static final long FRAME_OF_A_PART = 512;
    private static final long FRAME_OF_A_FIELD = 32;

    /**
     * The message, to be written once or often; a ready-made one as it is.
     *
     * @param payload where payload number n of the ticket is; must stay there while the message is written
     */
    public MimeMessage compose(Ticket ticket, IntFunction<Path> payload) throws MessagingException {
        if (ticket.readyMade().isPresent()) {
            return new StoredMessage(ticket, ticket.readyMade().get(), payload.apply(0));
        }
        MimePart text = body(ticket);
        List<MimePart> parts = new ArrayList<>(List.of(text));
        for (int number = 0; number < ticket.payloads().size(); number++) {
            parts.add(AttachmentPart.of(ticket.payloads().get(number), payload.apply(number)));
        }
        MimePart whole = parts.size() == 1 ? text : multipart("mixed", ticket, parts);
        return new ComposedMessage(ticket, whole, text, payload);
    }

    /**
     * An upper bound for the octets of the finished message, base64 and its line ends counted, within a few kilobytes of the
     * truth. Needs no payload.
     */
    public long encodedSize(Ticket ticket) {
        if (ticket.readyMade().isPresent()) {
            long size = ticket.payloads().get(0).size();
            return ticket.readyMade().get().rewritten() ? size + FRAME : size;
        }
        Ticket.Header header = ticket.header();
        long size = FRAME
                + text(ticket.text())
                + ticket.html().map(MessageComposer::text).orElse(0L);
        size += text(header.subject()) + text(header.fromName());
        size += addresses(header.to()) + addresses(header.cc());
        for (Map.Entry<String, String> extra : header.extra().entrySet()) {
            size += FRAME_OF_A_FIELD + text(extra.getKey()) + text(extra.getValue());
        }
        for (Ticket.Payload payload : ticket.payloads()) {
            size += FRAME_OF_A_PART + 4 * text(payload.fileName()) + base64(payload.size());
        }
        return size;
    }

    /** Each is followed by a comma, CRLF and a blank. */
    private static long addresses(List<MailAddress> addresses) {
        return addresses.stream()
                .mapToLong(address -> address.toString().length() + 4)
                .sum();
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

    private static MimePart body(Ticket ticket) {
        if (ticket.html().isEmpty()) {
            return TextPart.of(ticket.text(), "plain");
        }
        MimePart html = TextPart.of(ticket.html().get(), "html");
        return ticket.text().isEmpty()
                ? html
                : multipart("alternative", ticket, List.of(TextPart.of(ticket.text(), "plain"), html));
    }

    /** The boundary begins with {@code =_}, which no line of base64 or quoted-printable can (RFC 2045 section 6.7). */
    private static MimePart multipart(String subtype, Ticket ticket, List<MimePart> parts) {
        return MimePart.multipart(subtype, "=_" + subtype + "_" + ticket.queueId(), parts);
    }
}
