package org.mailchute.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.mailchute.envelope.MailAddress;
import org.mailchute.spool.Ticket;

/** The header fields a reader sees; Bcc is not among them. */
final class ComposedMessage extends MimeMessage {
    private final MimePart.Body body;
    private final Ticket ticket;
    private final MimePart text;
    private final IntFunction<Path> payload;

    /**
     * @param content all of it
     * @param text of that, what is no attachment
     * @param payload where attachment number n is
     */
    ComposedMessage(Ticket ticket, MimePart content, MimePart text, IntFunction<Path> payload)
            throws MessagingException {
        super((Session) null);
        this.body = content.body();
        this.ticket = ticket;
        this.text = text;
        this.payload = payload;
        Ticket.Header header = ticket.header();
        setHeader("Date", date(ticket));
        setHeader("From", HeaderText.name(header.fromName()) + "<" + header.from() + ">");
        addresses("To", header.to());
        addresses("Cc", header.cc());
        if (header.to().isEmpty() && header.cc().isEmpty()) {
            setHeader("To", "undisclosed-recipients:;");
        }
        addresses("Reply-To", header.replyTo().stream().toList());
        setHeader("Subject", HeaderText.value("Subject", header.subject()));
        setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers, please
        for (Map.Entry<String, String> extra : new TreeMap<>(header.extra()).entrySet()) {
            setHeader(extra.getKey(), HeaderText.value(extra.getKey(), extra.getValue()));
        }
        setHeader("Message-ID", ticket.messageId());
        setHeader("MIME-Version", "1.0");
        for (String field : content.fields()) {
            addHeaderLine(field);
        }
    }

    Apart apart() throws MessagingException {
        List<Apart.Attachment> attachments = new ArrayList<>();
        for (int number = 0; number < ticket.payloads().size(); number++) {
            Ticket.Payload one = ticket.payloads().get(number);
            Path file = payload.apply(number);
            attachments.add(new Apart.Attachment(
                    one.fileName(),
                    one.contentType(),
                    one.size(),
                    () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)));
        }
        return new Apart(new ComposedMessage(ticket, text, text, payload), attachments);
    }

    /** Nothing is left to be set; every attempt sends the same (promise P3). */
    @Override
    public void saveChanges() {}

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        List<String> fields = Collections.list(getNonMatchingHeaderLines(ignored));
        new MimePart(fields, body).writeTo(out);
    }

    /** One a line: Angus would parse and print the whole list again for each address added. */
    private void addresses(String field, List<MailAddress> addresses) throws MessagingException {
        if (!addresses.isEmpty()) {
            setHeader(field, addresses.stream().map(MailAddress::toString).collect(Collectors.joining(",\r\n ")));
        }
    }

    private static String date(Ticket ticket) {
        MailDateFormat format = new MailDateFormat();
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format.format(Date.from(ticket.date()));
    }
}
