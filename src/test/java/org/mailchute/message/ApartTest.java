package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** A ready-made message without its attachments, and these. */
class ApartTest {
    private static final MailAddress AUTHOR = MailAddress.parse("a@contoso.com");

    @TempDir
    Path folder;

    private Apart apart(String message, boolean rewritten) throws Exception {
        Files.writeString(folder.resolve("0"), message, StandardCharsets.ISO_8859_1);
        Ticket ticket = new Ticket(
                new QueueId("0123456789ABCDEF"),
                "<1@x>",
                Instant.EPOCH,
                new Ticket.Source("pickup", "drop", "1.eml", ""),
                ReversePath.NULL,
                List.of(ForwardPath.parse("b@contoso.com")),
                new Ticket.Header(AUTHOR, "", List.of(), List.of(), Optional.empty(), "x", Map.of()),
                "",
                Optional.empty(),
                List.of(new Ticket.Payload("1.eml", "message/rfc822", message.length(), "")),
                Priority.NORMAL,
                Optional.of(new Ticket.ReadyMade(true, List.of(AUTHOR), Optional.empty(), false)));
        Ticket letter = rewritten ? ticket.by(MailAddress.parse("mailbox@contoso.com")) : ticket;
        return Apart.of(new MessageComposer().compose(letter, number -> folder.resolve("0")));
    }

    private static String text(Apart apart) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        apart.rest().writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String content(Apart.Attachment attachment) throws IOException {
        try (InputStream in = attachment.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static final String MIXED = """
            From: a@contoso.com
            To: b@contoso.com
            Subject: x
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="outer"

            --outer
            Content-Type: text/plain

            Hello
            --outer
            Content-Type: application/pdf; name="scan.pdf"
            Content-Disposition: attachment; filename="scan.pdf"
            Content-Transfer-Encoding: base64

            c2Nhbg==
            --outer
            Content-Type: message/rfc822

            Subject: inner

            text
            --outer--
            """.replace("\n", "\r\n");

    @Test
    void attachmentsAreTakenOutDecodedAndTheRestIsTheMessage() throws Exception {
        Apart apart = apart(MIXED, false);
        assertThat(apart.attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.name()).isEqualTo("scan.pdf");
            assertThat(attachment.contentType()).isEqualTo("application/pdf");
            assertThat(attachment.size()).isEqualTo(4);
            assertThat(content(attachment)).isEqualTo("scan").isEqualTo(content(attachment));
        });
        assertThat(text(apart))
                .startsWith(
                        "From: a@contoso.com\r\nTo: b@contoso.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;")
                .contains("\r\n\r\nHello\r\n", "Subject: inner")
                .doesNotContain("scan");
    }

    @Test
    void theRestIsRewrittenAsTheWholeIs() throws Exception {
        assertThat(text(apart(MIXED, true)))
                .contains("From: \"a@contoso.com\" <mailbox@contoso.com>\r\n", "Reply-To: a@contoso.com\r\n");
    }

    @Test
    void whatIsSignedStaysWhole() throws Exception {
        String signed = MIXED.replace("multipart/mixed", "multipart/signed");
        Apart apart = apart(signed, false);
        assertThat(apart.attachments()).isEmpty();
        assertThat(text(apart)).isEqualTo(signed);
    }
}
