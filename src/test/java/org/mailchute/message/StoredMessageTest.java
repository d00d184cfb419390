package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/** What a lane sends of a ready-made message. */
class StoredMessageTest {
    private static final String MESSAGE =
            "From: \"A, B\" <a@contoso.com>\r\nSender: s@contoso.com\r\nSubject: x\r\n\r\n.\r\nbody\r\n";

    @TempDir
    Path folder;

    private Ticket ticket(String message) throws IOException {
        Files.writeString(folder.resolve("0"), message, StandardCharsets.ISO_8859_1);
        MailAddress from = MailAddress.parse("a@contoso.com");
        return new Ticket(
                new QueueId("0123456789ABCDEF"),
                "<1@x>",
                Instant.EPOCH,
                new Ticket.Source("pickup", "drop", "1.eml", ""),
                ReversePath.NULL,
                List.of(ForwardPath.parse("b@contoso.com")),
                new Ticket.Header(from, "", List.of(), List.of(), Optional.empty(), "x", Map.of()),
                "",
                Optional.empty(),
                List.of(new Ticket.Payload("1.eml", "message/rfc822", message.length(), "")),
                Priority.NORMAL,
                Optional.of(new Ticket.ReadyMade(true, List.of(from), Optional.empty(), false)));
    }

    private String sent(Ticket ticket) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MessageComposer().compose(ticket, number -> folder.resolve("0")).writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyAttemptSendsThePayloadAndNothingElse() throws Exception {
        Ticket ticket = ticket(MESSAGE);
        assertThat(sent(ticket)).isEqualTo(MESSAGE).isEqualTo(sent(ticket));
        assertThat(new MessageComposer().encodedSize(ticket)).isEqualTo(MESSAGE.length());
    }

    @Test
    void aLaneThatRewritesTheSenderReplacesFromAndLeadsAnswersToTheAuthor() throws Exception {
        Ticket rewritten = ticket(MESSAGE).by(MailAddress.parse("mailbox@contoso.com"));
        assertThat(sent(rewritten))
                .isEqualTo("From: \"a@contoso.com\" <mailbox@contoso.com>\r\nSubject: x\r\n"
                        + "Reply-To: \"A, B\" <a@contoso.com>\r\n\r\n.\r\nbody\r\n");
        assertThat(new MessageComposer().encodedSize(rewritten))
                .isGreaterThanOrEqualTo(sent(rewritten).length());
    }

    @Test
    void aReplyToOfItsOwnStays() throws Exception {
        String message = "Reply-To: r@contoso.com\r\n" + MESSAGE;
        assertThat(sent(ticket(message).by(MailAddress.parse("mailbox@contoso.com"))))
                .startsWith("Reply-To: r@contoso.com\r\nFrom: \"a@contoso.com\" <mailbox@contoso.com>\r\nSubject");
    }

    @Test
    void aPayloadCutShortOnDiskIsNotSent() throws Exception {
        Ticket ticket = ticket(MESSAGE);
        Files.writeString(folder.resolve("0"), MESSAGE.substring(0, 40));
        assertThatThrownBy(() -> sent(ticket)).isInstanceOf(IOException.class).hasMessageContaining("its ticket says");
    }

    @Test
    void theServerIsToldOfEightBits() throws Exception {
        assertThat(new MessageComposer()
                        .compose(ticket(MESSAGE), number -> folder.resolve("0"))
                        .getEncoding())
                .isEqualTo("8bit");
    }

    @Test
    void aNoticeReturnsItsHeaderInAsciiAndNothingOfItsBody() throws Exception {
        String header = MESSAGE.substring(0, MESSAGE.indexOf("\r\n\r\n") + 2);
        assertThat(OriginalHeader.of(ticket(MESSAGE.replace("x", "ä")), number -> folder.resolve("0")))
                .isEqualTo(header.replace("x", "?"));
        assertThat(OriginalHeader.of(ticket("Subject: " + "x".repeat(100_000)), number -> folder.resolve("0")))
                .hasSize(ReadyMessage.MOST_HEADER);
    }
}
