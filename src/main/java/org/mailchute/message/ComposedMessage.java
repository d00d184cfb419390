package org.mailchute.message;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.mailchute.envelope.MailAddress;
import org.mailchute.spool.Ticket;

/** The header fields a reader sees; Bcc is not among them. */
final class ComposedMessage extends MimeMessage {
    private final Ticket ticket;

    ComposedMessage(Ticket ticket) throws MessagingException {
        super((Session) null);
        this.ticket = ticket;
        Ticket.Header header = ticket.header();
        setHeader("Date", date(ticket));
        setFrom(named(header.from(), header.fromName()));
        addresses(Message.RecipientType.TO, header.to());
        addresses(Message.RecipientType.CC, header.cc());
        if (header.to().isEmpty() && header.cc().isEmpty()) {
            setHeader("To", "undisclosed-recipients:;");
        }
        if (header.replyTo().isPresent()) {
            setReplyTo(new Address[] {named(header.replyTo().get(), "")});
        }
        setSubject(oneLine(header.subject()), "utf-8");
        setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers, please
        for (Map.Entry<String, String> extra : new TreeMap<>(header.extra()).entrySet()) {
            setHeader(extra.getKey(), encoded(extra.getKey(), extra.getValue()));
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", ticket.messageId());
    }

    private void addresses(Message.RecipientType type, List<MailAddress> addresses) throws MessagingException {
        for (MailAddress address : addresses) {
            addRecipient(type, named(address, ""));
        }
    }

    private static InternetAddress named(MailAddress address, String name) {
        try {
            InternetAddress named = new InternetAddress();
            named.setAddress(address.toString());
            if (!name.isBlank()) {
                named.setPersonal(oneLine(name), StandardCharsets.UTF_8.name());
            }
            return named;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java knows UTF-8", e);
        }
    }

    private static String encoded(String name, String value) {
        try {
            return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(oneLine(value), "utf-8", null));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java knows UTF-8", e);
        }
    }

    /** Controls, line ends above all, become blanks: no value can begin a header field of its own. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    private static String date(Ticket ticket) {
        MailDateFormat format = new MailDateFormat();
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format.format(Date.from(ticket.date()));
    }
}
