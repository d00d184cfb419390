package org.mailchute.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

class MessageComposerTest {
    private static final MailAddress ANNA = MailAddress.parse("anna@contoso.example");
    private static final QueueId ID = new QueueId("00MFX2K1AB7Q0Z9C");

    @TempDir
    Path folder;

    private final MessageComposer composer = new MessageComposer();

    @Test
    void theSameTicketGivesTheSameOctets() throws Exception {
        Ticket ticket = ticket("Scan", "text", Optional.of("<p>html</p>"), payload("a.pdf", 100_000));

        assertThat(octets(ticket)).isEqualTo(octets(ticket));
    }

    @Test
    void theReaderSeesWhatTheTicketSays() throws Exception {
        MimeMessage message = parsed(ticket("Prüfbericht – 7", "Grüße", Optional.empty()));

        assertThat(message.getSubject()).isEqualTo("Prüfbericht – 7");
        assertThat(message.getMessageID()).isEqualTo("<" + ID + "@gateway.contoso.example>");
        assertThat(message.getSentDate().toInstant()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Scänner, \"EG\"");
        assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(1);
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("X-Device")).containsExactly("7");
        assertThat(message.getContent()).isEqualTo("Grüße");
        assertThat(message.getHeader("Bcc")).isNull();
    }

    @Test
    void textHtmlAndAttachmentsNestAsReadersExpect() throws Exception {
        MimeMessage message =
                parsed(ticket("Scan", "text", Optional.of("<p>html</p>"), payload("a.pdf", 3), payload("b.pdf", 0)));

        Multipart mixed = (Multipart) message.getContent();
        assertThat(mixed.getContentType()).startsWith("multipart/mixed");
        assertThat(mixed.getCount()).isEqualTo(3);
        Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
        assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("text");
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>html</p>");
        assertThat(mixed.getBodyPart(2).getInputStream().readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 56, 57, 58, 57 * 1_024 - 1, 57 * 1_024, 57 * 1_024 + 1, 1_000_000})
    void anAttachmentArrivesAsItWas(int size) throws Exception {
        Ticket ticket = ticket("Scan", "text", Optional.empty(), payload("a.pdf", size));

        byte[] arrived = ((Multipart) parsed(ticket).getContent())
                .getBodyPart(1)
                .getInputStream()
                .readAllBytes();

        assertThat(arrived).isEqualTo(Files.readAllBytes(folder.resolve("0")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 57, 58, 10_000, 1_000_000})
    void theSizeSaidBeforehandIsAnUpperBoundCloseToTheTruth(int size) throws Exception {
        for (String words : List.of("", "plain words", "Grüße aus Köln\n".repeat(500), "漢字".repeat(3_000))) {
            Ticket ticket = ticket(words, words, Optional.of(words), payload("Übersicht.pdf", size));

            long said = composer.encodedSize(ticket);

            assertThat(said).isGreaterThanOrEqualTo(octets(ticket).length);
            assertThat(said - octets(ticket).length).isLessThan(8_000L + 16L * words.length());
        }
    }

    @Test
    void noLineIsLongerThanSmtpAllowsAndNoneIsBareOrEightBit() throws Exception {
        String hard = "x".repeat(5_000) + "\rbare return\nbare line feed\r\n.\r\nÄ" + "ö".repeat(2_000);
        byte[] octets = octets(ticket(hard, hard, Optional.of(hard), payload("a.pdf", 5_000)));

        for (String line : new String(octets, US_ASCII).split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(998);
            assertThat(line).doesNotContain("\r").doesNotContain("\n");
        }
        for (byte octet : octets) {
            assertThat(octet).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject\r\nBcc: all@contoso.example",
                "a\nX-Injected: 1",
                "a\rX-Injected: 1",
                "a\u2028X-Injected: 1",
                "a\u0000b\u0085X-Injected: 1",
                "=?utf-8?q?a=0D=0AX-Injected:_1?="
            })
    @DisplayName("P9: no value begins a header field of its own")
    void aLineEndInAValueInjectsNothing(String value) throws Exception {
        Ticket ticket = new Ticket(
                ID,
                "<" + ID + "@gateway.contoso.example>",
                Instant.parse("2026-11-23T10:00:00Z"),
                new Ticket.Source("jms", "requests", value, ""),
                ReversePath.NULL,
                List.of(new ForwardPath(ANNA)),
                new Ticket.Header(
                        ANNA, value, List.of(ANNA), List.of(), Optional.empty(), value, Map.of("X-Own", value)),
                "text",
                Optional.empty(),
                List.of(payload(value, 3)),
                Priority.NORMAL,
                Optional.empty());

        MimeMessage message = parsed(ticket);

        assertThat(message.getHeader("X-Injected")).isNull();
        assertThat(message.getHeader("Bcc")).isNull();
        BodyPart attachment = ((Multipart) message.getContent()).getBodyPart(1);
        assertThat(attachment.getHeader("X-Injected")).isNull();
        assertThat(attachment.getFileName()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prüfbericht – 漢字.pdf",
                "a\"; filename=\"evil.exe",
                "../../etc/passwd",
                "C:\\Windows\\system.ini",
                "fdp.\u202Eexe",
                "..",
                "",
                "😀.pdf"
            })
    void anAttachmentsNameIsShownHarmless(String name) throws Exception {
        String shown = ((Multipart) parsed(ticket("Scan", "t", Optional.empty(), payload(name, 1)))
                        .getContent())
                .getBodyPart(1)
                .getFileName();

        assertThat(shown).isNotBlank().doesNotContain("/", "\\", "\"", ";", "\u202E", "..");
        if (name.startsWith("Pr") || name.startsWith("😀")) {
            assertThat(shown).isEqualTo(name);
        }
    }

    @Test
    void aNameOfAThousandCharactersKeepsItsEnding() throws Exception {
        String shown = ((Multipart) parsed(
                                ticket("Scan", "t", Optional.empty(), payload("é".repeat(1_000) + ".pdf", 1)))
                        .getContent())
                .getBodyPart(1)
                .getFileName();

        assertThat(shown).endsWith("é.pdf").hasSize(150);
    }

    @Test
    @DisplayName("P8: a large payload is never held whole")
    void writingHoldsOnlyABlock() throws Exception {
        Ticket ticket = ticket("Scan", "text", Optional.empty(), payload("a.pdf", 30_000_000));
        List<Integer> largest = new ArrayList<>(List.of(0));

        composer.compose(ticket, number -> folder.resolve("" + number)).writeTo(new OutputStream() {
            @Override
            public void write(int octet) {
                // counted in blocks only
            }

            @Override
            public void write(byte[] block, int offset, int length) {
                largest.set(0, Math.max(largest.get(0), length));
            }
        });

        assertThat(largest.get(0)).isBetween(1_000, 100_000);
    }

    private int payloads;

    private Ticket.Payload payload(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(folder.resolve("" + payloads++), content);
        return new Ticket.Payload(name, "application/pdf", size, "00");
    }

    private Ticket ticket(String subject, String text, Optional<String> html, Ticket.Payload... payloads) {
        this.payloads = 0;
        return new Ticket(
                ID,
                "<" + ID + "@gateway.contoso.example>",
                Instant.parse("2026-11-23T10:00:00Z"),
                new Ticket.Source("folder", "scans", "a.pdf", ""),
                ReversePath.NULL,
                List.of(new ForwardPath(ANNA)),
                new Ticket.Header(
                        MailAddress.parse("scanner@contoso.example"),
                        "Scänner, \"EG\"",
                        List.of(ANNA),
                        List.of(),
                        Optional.empty(),
                        subject,
                        Map.of("X-Device", "7")),
                text,
                html,
                List.of(payloads),
                Priority.NORMAL,
                Optional.empty());
    }

    private byte[] octets(Ticket ticket) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        composer.compose(ticket, number -> folder.resolve("" + number)).writeTo(out);
        return out.toByteArray();
    }

    private MimeMessage parsed(Ticket ticket) throws Exception {
        return new MimeMessage((Session) null, new ByteArrayInputStream(octets(ticket)));
    }
}
