package org.mailchute.notice;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MessageHeaders;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.mailchute.envelope.MailAddress;
import org.mailchute.trace.DeliveryEvent;

/**
 * A notice as a message: about one message a delivery status notification (RFC 3464) with its header, else a text. In US-ASCII.
 *
 * @param from author
 */
public record NoticeMail(Wording wording, MailAddress from, MailAddress to, String messageId, Instant date) {
    private static final Pattern STATUS =
            Pattern.compile("\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*", Pattern.DOTALL);
    /** Of a diagnostic code, which is a line of a header. */
    private static final int LONGEST = 900;

    /** The message. */
    public byte[] octets() throws IOException {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Optional<Matter> single = wording.notice().single();
            InternetHeaders header = header(single);
            MimeBodyPart text = part("text/plain; charset=utf-8", wording.text().replace("\n", "\r\n"));
            text.setHeader("Content-Transfer-Encoding", "quoted-printable");
            if (single.isPresent()) {
                MimeMultipart report = report(single.get(), text);
                header.setHeader("Content-Type", report.getContentType());
                write(header, out);
                report.writeTo(out);
            } else {
                write(header, out);
                text.writeTo(out);
            }
            return out.toByteArray();
        } catch (MessagingException e) {
            throw new IOException("a notice cannot be written", e);
        }
    }

    /** RFC 3834 section 5; and Exchange's own word for it. */
    private InternetHeaders header(Optional<Matter> single) throws IOException {
        InternetHeaders header = new InternetHeaders();
        header.setHeader("Date", date(date));
        header.setHeader("From", "Mailchute <" + from + ">");
        header.setHeader("To", "<" + to + ">");
        header.setHeader("Subject", MimeUtility.fold(9, MimeUtility.encodeText(wording.subject(), "UTF-8", null)));
        header.setHeader("Message-ID", messageId);
        single.map(matter -> matter.event().messageId())
                .filter(id -> id.matches("<[\\x21-\\x3B\\x3D\\x3F-\\x7E]{1,900}>"))
                .ifPresent(id -> header.setHeader("References", id));
        header.setHeader("Auto-Submitted", single.isPresent() ? "auto-replied" : "auto-generated");
        header.setHeader("X-Auto-Response-Suppress", "All");
        header.setHeader("MIME-Version", "1.0");
        return header;
    }

    private static void write(InternetHeaders header, ByteArrayOutputStream out) {
        for (String line : Collections.list(header.getAllHeaderLines())) {
            out.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (header.getHeader("Content-Type") != null) {
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** From octets, so that no handler of Activation, whose list a bundle may not see, is asked. */
    private static MimeBodyPart part(String type, String content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        fill(part, type, content);
        return part;
    }

    private static void fill(MimeBodyPart part, String type, String content) throws MessagingException {
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content.getBytes(StandardCharsets.UTF_8), type)));
        part.setHeader("Content-Type", type);
    }

    private MimeMultipart report(Matter matter, MimeBodyPart text) throws MessagingException, IOException {
        MultipartReport report = new MultipartReport();
        report.setTextBodyPart(text);
        DeliveryStatus status = status(matter);
        report.setReport(status);
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        status.writeTo(fields);
        fill(
                (MimeBodyPart) report.getBodyPart(1),
                "message/delivery-status",
                fields.toString(StandardCharsets.US_ASCII));
        if (wording.original().isPresent()) {
            report.setReturnedMessage(new MessageHeaders(new InternetHeaders()));
            fill(
                    (MimeBodyPart) report.getBodyPart(2),
                    "text/rfc822-headers",
                    wording.original().get().header());
        }
        return report;
    }

    private DeliveryStatus status(Matter matter) throws MessagingException {
        DeliveryEvent event = matter.event();
        InternetHeaders message = new InternetHeaders();
        message.setHeader("Reporting-MTA", "dns; " + wording.gateway());
        event.timing().ifPresent(timing -> message.setHeader("Arrival-Date", date(timing.queued())));
        DeliveryStatus status = new DeliveryStatus();
        status.setMessageDSN(message);
        for (String recipient : event.recipients()) {
            status.addRecipientDSN(recipient(matter, recipient));
        }
        return status;
    }

    private static InternetHeaders recipient(Matter matter, String recipient) {
        DeliveryEvent event = matter.event();
        InternetHeaders fields = new InternetHeaders();
        fields.setHeader("Final-Recipient", "rfc822; " + recipient);
        fields.setHeader("Action", action(matter.what()));
        Matcher said = STATUS.matcher(event.reply());
        fields.setHeader("Status", said.matches() ? said.group(1) : unknown(matter.what()));
        if (event.reply().matches("(?s)\\d{3}.*")) {
            String line = event.reply().replaceAll("[^\\x20-\\x7E]+", " ");
            fields.setHeader("Diagnostic-Code", "smtp; " + line.substring(0, Math.min(line.length(), LONGEST)));
            fields.setHeader("Last-Attempt-Date", date(event.time()));
        }
        return fields;
    }

    private static String date(Instant time) {
        MailDateFormat format = new MailDateFormat();
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format.format(Date.from(time));
    }

    /** RFC 3464 section 2.3.3. Microsoft 365 tells nobody of what it has taken. */
    private static String action(Matter.What what) {
        return switch (what) {
            case FAILED -> "failed";
            case DELAYED -> "delayed";
            case TWICE -> "relayed";
        };
    }

    /** RFC 3463: of its class nothing more is known. */
    private static String unknown(Matter.What what) {
        return switch (what) {
            case FAILED -> "5.0.0";
            case DELAYED -> "4.0.0";
            case TWICE -> "2.0.0";
        };
    }
}
