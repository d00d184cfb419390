package org.mailchute.notice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;
import org.mailchute.envelope.MailAddress;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

class NoticeMailTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final String REPLY = "550 5.1.10 RESOLVER.ADR.RecipientNotFound;\r\nBcc: x@elsewhere.example";
    private static final Original SCAN = new Original(
            "Rechnung Müller.pdf\r\nBcc: x@elsewhere.example",
            "Scan\r\nBcc: x@elsewhere.example",
            "From: Scanner <scanner@contoso.example>\r\nSubject: Scan\r\n");

    private static Cause cause(Matter.What what, String reply, long count) {
        DeliveryEvent event = DeliveryEvent.of(Kind.DEAD, NOON)
                .message("00MFX2K1AB7Q0Z9A", "<a@contoso.example>", "jms:applications", 1)
                .envelope("erp@contoso.example", List.of("leaver@contoso.example", "gone@contoso.example"))
                .because(reply, "The recipient does not exist.", "Correct the address.")
                .event();
        return new Cause(
                "erp@contoso.example",
                what,
                event.reason(),
                event.remedy(),
                Optional.empty(),
                Optional.of(NOON),
                count,
                List.of(event));
    }

    private static String octets(Notice notice, Optional<Original> original) throws Exception {
        NoticeMail mail = new NoticeMail(
                new Wording(notice, "gateway.contoso.example", original),
                MailAddress.parse("mailchute@contoso.example"),
                MailAddress.parse("erp@contoso.example"),
                "<notice@gateway.contoso.example>",
                NOON);
        return new String(mail.octets(), StandardCharsets.US_ASCII);
    }

    private static String octets(Cause cause) throws Exception {
        return octets(new Notice(cause.to(), List.of(cause), List.of()), Optional.of(SCAN));
    }

    private static MimeMessage parsed(String octets) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(octets.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void ofOneMessageADeliveryStatusNotificationTellsPeopleAndMachines() throws Exception {
        MimeMessage message = parsed(octets(cause(Matter.What.FAILED, REPLY, 1)));

        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(message.getHeader("References")).containsExactly("<a@contoso.example>");
        assertThat(message.getContentType()).contains("multipart/report", "report-type=delivery-status");
        MultipartReport report = new MultipartReport(message.getDataHandler().getDataSource());
        assertThat(report.getText())
                .contains(
                        "not delivered",
                        "The recipient does not exist.",
                        "Correct the address.",
                        "Rechnung Müller.pdf");
        DeliveryStatus status = report.getDeliveryStatus();
        assertThat(status.getMessageDSN().getHeader("Reporting-MTA")).containsExactly("dns; gateway.contoso.example");
        assertThat(status.getRecipientDSNCount()).isEqualTo(2);
        assertThat(status.getRecipientDSN(0).getHeader("Final-Recipient"))
                .containsExactly("rfc822; leaver@contoso.example");
        assertThat(status.getRecipientDSN(0).getHeader("Action")).containsExactly("failed");
        assertThat(status.getRecipientDSN(0).getHeader("Status")).containsExactly("5.1.10");
        assertThat(status.getRecipientDSN(0).getHeader("Diagnostic-Code"))
                .containsExactly("smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Bcc: x@elsewhere.example");
        assertThat(report.getReturnedMessage().getHeader("Subject")).containsExactly("Scan");
    }

    @Test
    void whatWaitsAndWhatMayHaveArrivedTwiceIsSaidInTheMachinesPartToo() throws Exception {
        assertThat(octets(cause(Matter.What.DELAYED, "", 1)))
                .contains("Action: delayed", "Status: 4.0.0")
                .doesNotContain("Diagnostic-Code");
        assertThat(octets(cause(Matter.What.TWICE, "250 2.6.0 Queued", 1)))
                .contains("Action: relayed", "Status: 2.6.0");
    }

    @Test
    void nothingOfAMessageBecomesAHeaderFieldOfTheNotice() throws Exception {
        String octets = octets(cause(Matter.What.FAILED, REPLY, 1));
        assertThat(octets).doesNotContain("\r\nBcc:").doesNotContain("\nBcc:");
        assertThat(parsed(octets).getSubject()).isEqualTo("Not delivered: Scan Bcc: x@elsewhere.example");
    }

    @Test
    void ofSeveralATextTellsHowManyAndSomeOfThem() throws Exception {
        String octets = octets(cause(Matter.What.FAILED, REPLY, 9_999));
        MimeMessage message = parsed(octets);
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getSubject()).isEqualTo("Not delivered: 9,999 messages");
        assertThat(message.getContent().toString())
                .contains(
                        "9,999 messages",
                        "The recipient does not exist.",
                        "00MFX2K1AB7Q0Z9A to leaver@contoso.example");
    }

    @Test
    void whatTheGatewayNeedsAndThatItIsOverIsTold() throws Exception {
        Condition held = new Condition(
                "lane:mailbox", Optional.of("mailbox"), "Lane mailbox is held", "535 refused", "Renew its secret.");
        Standing begun = Standing.begun(held, NOON);
        Standing over = begun.told(NOON).now(held, false, NOON.plusSeconds(60));
        assertThat(octets(new Notice("", List.of(), List.of(begun)), Optional.empty()))
                .contains("Subject: Lane mailbox is held", "535 refused", "Renew its secret.");
        assertThat(octets(new Notice("", List.of(), List.of(over)), Optional.empty()))
                .contains("Subject: Over: Lane mailbox is held")
                .doesNotContain("Renew");
    }

    @Test
    void everyLineIsAsciiAndShort() throws Exception {
        assertThat(octets(cause(Matter.What.FAILED, "550 " + "x".repeat(2000), 1))
                        .lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(998).matches("\\p{ASCII}*"));
    }
}
