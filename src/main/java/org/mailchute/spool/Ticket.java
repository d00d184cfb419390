package org.mailchute.spool;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;

/**
 * All the spool knows of a message, fixed once at intake, so that every attempt sends the same bytes.
 *
 * @param queueId its name here
 * @param messageId the Message-ID header field with its angle brackets; the same for every attempt and every lane
 * @param date the Date header field
 * @param source which intake, and the name it had there
 * @param reversePath envelope sender
 * @param recipients envelope recipients, without repeats, in the order given
 * @param header what the reader sees
 * @param text plain text body; empty when there is only HTML
 * @param html HTML body
 * @param payloads attachments, in order; payload n rests in the spool as number n
 * @param priority what leaves first when messages wait
 * @param readyMade present when payload 0 is the whole message, sent as it is instead of composed; text, HTML and further
 *     header fields are then not used
 */
public record Ticket(
        QueueId queueId,
        String messageId,
        Instant date,
        Source source,
        ReversePath reversePath,
        List<ForwardPath> recipients,
        Header header,
        String text,
        Optional<String> html,
        List<Payload> payloads,
        Priority priority,
        Optional<ReadyMade> readyMade) {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s\\p{Cntrl}]+@[^<>\\s\\p{Cntrl}]+>");

    /** @throws IllegalArgumentException without a recipient or with a Message-ID that is not one */
    public Ticket {
        recipients = List.copyOf(new LinkedHashSet<>(recipients));
        payloads = List.copyOf(payloads);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a message needs at least one recipient");
        }
        if (!MESSAGE_ID.matcher(messageId).matches()) {
            throw new IllegalArgumentException("not a Message-ID");
        }
        if (readyMade.isPresent() && payloads.size() != 1) {
            throw new IllegalArgumentException("a ready-made message is one payload");
        }
    }

    /**
     * A message that somebody else has built. What the ticket's header says of it is for policy, routing and trace; the
     * reader sees the payload.
     *
     * @param eightBit some octet of it is beyond ASCII, which the server must be told of (RFC 6152)
     * @param authors every address in From, and Sender: all of them need the right to send
     * @param identity what is the same when the same message comes in again; empty when nothing tells
     * @param rewritten From is replaced by the header's author while it is sent, and Reply-To leads to whom it was
     */
    public record ReadyMade(boolean eightBit, List<MailAddress> authors, Optional<String> identity, boolean rewritten) {
        public ReadyMade {
            authors = List.copyOf(authors);
        }

        ReadyMade asRewritten() {
            return new ReadyMade(eightBit, authors, identity, true);
        }
    }

    /**
     * Where a message came from.
     *
     * @param kind {@code folder}, {@code drop}, {@code ftp}, {@code jms}, {@code pickup} or {@code smtp}; {@code notice} of our own
     * @param intake the intake's name in the settings
     * @param name the file's name, or the JMS message's id
     * @param correlationId what the application gave to find its message again; empty when nothing
     * @param wishes what the application asks for beyond the message
     */
    public record Source(String kind, String intake, String name, String correlationId, Optional<Wishes> wishes) {
        /** Nobody asks for anything. */
        public Source(String kind, String intake, String name, String correlationId) {
            this(kind, intake, name, correlationId, Optional.empty());
        }

        /** For events and people: {@code folder:reception}. */
        public String label() {
            return kind + ":" + intake;
        }
    }

    /** Octets of all payloads. */
    public long octets() {
        return payloads.stream().mapToLong(Payload::size).sum();
    }

    /** What the application asks for beyond the message. */
    public Wishes wishes() {
        return source.wishes().orElse(Wishes.NONE);
    }

    /** The same with a place for the application's answers. */
    public Ticket answered(Optional<Wishes.Answers> where) {
        Source asked = new Source(
                source.kind(),
                source.intake(),
                source.name(),
                source.correlationId(),
                Optional.of(wishes().answered(where)));
        return with(asked, header, readyMade);
    }

    /**
     * The header fields, not yet encoded. Texts may hold any character but controls; the composer encodes them (RFC 2047).
     *
     * @param from the author
     * @param fromName display name, or empty
     * @param extra further fields, already checked against the white list
     */
    public record Header(
            MailAddress from,
            String fromName,
            List<MailAddress> to,
            List<MailAddress> cc,
            Optional<MailAddress> replyTo,
            String subject,
            Map<String, String> extra) {
        public Header {
            to = List.copyOf(to);
            cc = List.copyOf(cc);
            extra = Map.copyOf(extra);
        }

        /** The same as written by this mailbox, with answers still going to the author. */
        Header by(MailAddress mailbox) {
            String name = fromName.isEmpty() ? from.toString() : fromName;
            return new Header(mailbox, name, to, cc, replyTo.or(() -> Optional.of(from)), subject, extra);
        }
    }

    /** The same message as written by this mailbox, where a lane may send as no other. */
    public Ticket by(MailAddress mailbox) {
        return with(source, header.by(mailbox), readyMade.map(ReadyMade::asRewritten));
    }

    private Ticket with(Source other, Header head, Optional<ReadyMade> made) {
        return new Ticket(
                queueId, messageId, date, other, reversePath, recipients, head, text, html, payloads, priority, made);
    }

    /**
     * One attachment.
     *
     * @param fileName as the reader sees it, never used as a path
     * @param contentType type/subtype
     * @param size octets
     * @param sha256 of the content, lower case hex
     */
    public record Payload(String fileName, String contentType, long size, String sha256) {}
}
