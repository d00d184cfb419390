package org.mailchute.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.MailAddress;
import org.mailchute.message.ReadyHeader;
import org.mailchute.message.ReadyMessage;
import org.mailchute.message.ReadyMessage.Copied;
import org.mailchute.message.UnfitMessage;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/**
 * The ticket of a message that somebody else has built: a pickup file, an RFC 822 message from a queue or over SMTP.
 *
 * @param gateway our host name, for messages without a Message-ID
 */
public record ReadyTicket(ReadyRule rule, String gateway) {
    private static final String NAMES_ITSELF = "message/rfc822";

    /**
     * Copies the message into payload 0 and says what it is.
     *
     * @param message RFC 822, dots not doubled; read to its end, never held whole
     * @param envelope what SMTP or JMS said; empty to take it from X-Sender and X-Receiver, else from From (Sender), To, Cc
     *     and Bcc
     * @param source as events show it
     * @param now becomes the Date header field where there is none
     * @param sink where the payload goes; discard it when this throws
     * @throws Refused when it is no message that may be sent
     */
    public Ticket read(
            InputStream message,
            Optional<Envelope> envelope,
            QueueId id,
            Ticket.Source source,
            Instant now,
            PayloadSink sink)
            throws IOException, Refused {
        DigestInputStream in = new DigestInputStream(new Limited(message, rule.maxBytes()), Digested.newSha256());
        try {
            ReadyMessage ready = ReadyMessage.open(in, rule.lenient(), rule.charset());
            Envelope sent =
                    envelope.isPresent() ? envelope.get() : new HeaderEnvelope(ready.header()).envelope(rule.from());
            allow(sent);
            String messageId = "<" + id + "@" + gateway + ">";
            Optional<MailAddress> author = sent.reversePath().address().or(rule::from);
            try (Digested out = new Digested(sink.open(0))) {
                Copied copied = ready.copyTo(out, new ReadyMessage.Missing(messageId, now, author));
                for (MailAddress one : copied.authors()) {
                    rule.allow(one);
                }
                Ticket.Payload payload = new Ticket.Payload(source.name(), NAMES_ITSELF, out.size(), out.sha256());
                return ticket(id, source, sent, copied, payload, identity(ready.header(), sent, in));
            }
        } catch (UnfitMessage e) {
            throw new Refused(e.reason(), e.remedy());
        } catch (Limited.Exceeded e) {
            throw new Refused(
                    "the message has more than %,d octets".formatted(rule.maxBytes()),
                    "send less, or raise the intake's limit");
        }
    }

    private void allow(Envelope sent) throws Refused {
        if (sent.reversePath().address().isPresent()) {
            rule.allow(sent.reversePath().address().get());
        }
        if (sent.forwardPaths().size() > rule.maxRecipients()) {
            throw new Refused(
                    "%d recipients, intake %s takes %d"
                            .formatted(sent.forwardPaths().size(), rule.intake(), rule.maxRecipients()),
                    "send it in parts, or raise maxRecipients of the intake");
        }
    }

    private Ticket ticket(
            QueueId id,
            Ticket.Source source,
            Envelope sent,
            Copied copied,
            Ticket.Payload payload,
            Optional<String> identity) {
        return new Ticket(
                id,
                copied.messageId(),
                copied.date(),
                source,
                sent.reversePath(),
                sent.forwardPaths(),
                new Ticket.Header(
                        copied.authors().get(0),
                        copied.fromName(),
                        copied.to(),
                        copied.cc(),
                        copied.replyTo(),
                        copied.subject(),
                        Map.of()),
                "",
                Optional.empty(),
                List.of(payload),
                rule.priority(),
                Optional.of(new Ticket.ReadyMade(copied.eightBit(), copied.authors(), identity, false)));
    }

    /**
     * The same octets for the same recipients are the same message, if it has its own Message-ID, or at least its own Date:
     * an alarm that is written again and again with neither is sent each time.
     */
    private static Optional<String> identity(ReadyHeader header, Envelope sent, DigestInputStream in) {
        if (header.texts("Message-ID").isEmpty() && header.texts("Date").isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> recipients = new TreeSet<>();
        sent.forwardPaths().forEach(path -> recipients.add(path.toString()));
        in.getMessageDigest().update(recipients.toString().getBytes(StandardCharsets.UTF_8));
        return Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
    }
}
