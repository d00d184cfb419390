package org.mailchute.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.MailAddress;
import org.mailchute.envelope.ReversePath;
import org.mailchute.spool.Priority;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

@DisplayName("P9: whatever a ticket holds, the message is one well-formed message that says just that")
class HostileMessageTest {
    private static final MailAddress ANNA = MailAddress.parse("anna@contoso.example");
    private static final String ODD = "aZ09 ~=?_\"\\<>()@,;:.[]%*'\u00e4\u6f22\ud83d\ude00\t\r\n\u0000\u202e\u2028";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x09\\x20-\\x7e]*+");
    private static final Pattern FIELD = Pattern.compile("[!-9;-~]+:( .*)?|[ \t].*\\S.*");

    @TempDir
    Path folder;

    private final MessageComposer composer = new MessageComposer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a, b; c <d@x.example>",
                "\"quoted\" and \\back\\slashed\\",
                "=?UTF-8?B?ZXZpbA==?=",
                "=?utf-8?q?Subject=0D=0ABcc:_all?= and more",
                "?= =? half",
                "Gr\u00fc\u00dfe aus K\u00f6ln",
                "\u6f22\u5b57",
                "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "right \u202eto left",
                "a        b                              c",
            })
    void textIsShownAsItWasGiven(String text) throws Exception {
        MimeMessage message = parsed(ticket(text, text, Map.of("X-Own", text)));

        assertThat(message.getSubject()).isEqualTo(text);
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo(text);
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(
                        jakarta.mail.internet.MimeUtility.unfold(message.getHeader("X-Own", null))))
                .isEqualTo(text);
        assertThat(message.getFrom()).hasSize(1);
        assertThat(((InternetAddress) message.getFrom()[0]).getAddress()).isEqualTo("scanner@contoso.example");
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 60, 61, 75, 76, 77, 500, 899, 900, 998, 3_000})
    void noLengthBreaksALine(int length) throws Exception {
        for (String letter : List.of("x", "\u00e9", "\u6f22", "\ud83d\ude00", "x ", " x")) {
            String text = letter.repeat(length).strip();
            Ticket ticket = ticket(text, text, Map.of("X-" + "N".repeat(70), text));

            wellFormed(octets(ticket));
            assertThat(parsed(ticket).getSubject()).isEqualTo(text);
        }
    }

    @Test
    void anyMixtureOfOddCharactersGivesAWellFormedMessageOfTheSizeSaidAtMost() throws Exception {
        Random chance = new Random(7);
        for (int round = 0; round < 500; round++) {
            Map<String, String> extra = new HashMap<>();
            for (int number = 0; number < chance.nextInt(5); number++) {
                extra.put("X-" + number, odd(chance, 200));
            }
            Ticket ticket = ticket(
                    odd(chance, 300), odd(chance, 300), extra, payload(odd(chance, 300), 1 + chance.nextInt(200)));
            byte[] octets = octets(ticket);

            wellFormed(octets);
            assertThat(composer.encodedSize(ticket)).isGreaterThanOrEqualTo(octets.length);
            MimeMessage message = parsed(octets);
            assertThat(message.getHeader("Bcc")).isNull();
            assertThat(message.getFrom()).hasSize(1);
            assertThat(((Multipart) message.getContent()).getCount()).isEqualTo(2);
            assertThat(((Multipart) message.getContent()).getBodyPart(1).getFileName())
                    .doesNotContainPattern("[/\\\\\\p{Cntrl}\"<>|:*?;\u202e\u2028]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invoice.pdf                                      .exe | invoice.pdf .exe",
                "a.exe.                                               | a.exe",
                "'a.exe . .'                                          | a.exe",
                "' a.pdf '                                            | a.pdf",
                "=?utf-8?b?ZXZpbC5leGU=?=                             | =_utf-8_b_ZXZpbC5leGU=_=",
                "/etc/passwd                                          | passwd",
                "C:\\dir\\a.pdf                                       | a.pdf",
                "a%0d%0ab''c.pdf                                      | a%0d%0ab''c.pdf"
            })
    void aNameIsShownForWhatItIs(String name, String shown) throws Exception {
        assertThat(attachment(payload(name, 1)).getFileName()).isEqualTo(shown);
        assertThat(attachment(payload(name, 1)).getHeader("Content-Type")[0]).contains("name=\"" + shown + "\"");
    }

    @Test
    void aNameOfAMillionCharactersCostsNoTime() throws Exception {
        assertThat(attachment(payload("\ud83d\ude00".repeat(500_000) + ".pdf", 1))
                        .getFileName())
                .endsWith("\ud83d\ude00.pdf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message/rfc822",
                "Message/Partial",
                "multipart/mixed",
                "",
                "pdf",
                "a/b/c",
                "a/b; name=evil.exe",
                "a/b\r\nX-Injected: 1",
                "a/b\"",
                "a b/c"
            })
    void aTypeThatCannotBeAttachedBecomesPlainOctets(String type) throws Exception {
        BodyPart part =
                attachment(new Ticket.Payload("a.eml", type, payload("a", 1).size(), "00"));

        assertThat(part.isMimeType("application/octet-stream")).isTrue();
        assertThat(part.getHeader("X-Injected")).isNull();
        assertThat(part.getHeader("Content-Transfer-Encoding")).containsExactly("base64");
    }

    @Test
    void recipientsShownNowhereLeaveNoTrace() throws Exception {
        Ticket seen = ticket("s", "n", Map.of());
        Ticket.Header header = seen.header();
        Ticket hidden = with(
                seen,
                new Ticket.Header(
                        header.from(), "", List.of(), List.of(), Optional.empty(), header.subject(), Map.of()),
                seen.text());

        assertThat(new String(octets(hidden), US_ASCII))
                .contains("\r\nTo: undisclosed-recipients:;\r\n")
                .doesNotContain("anna@")
                .doesNotContain("Bcc");
        assertThat(parsed(hidden).getRecipients(Message.RecipientType.CC)).isNullOrEmpty();
    }

    @Test
    void tenThousandRecipientsCostNoTime() throws Exception {
        List<MailAddress> many = new ArrayList<>();
        for (int number = 0; number < 10_000; number++) {
            many.add(MailAddress.parse("r" + number + "@" + "long.".repeat(40) + "contoso.example"));
        }
        Ticket few = ticket("s", "n", Map.of());
        Ticket.Header header = few.header();
        Ticket ticket = with(
                few, new Ticket.Header(header.from(), "", many, many, Optional.of(ANNA), "s", Map.of()), few.text());

        byte[] octets = octets(ticket);

        wellFormed(octets);
        assertThat(composer.encodedSize(ticket)).isGreaterThanOrEqualTo(octets.length);
        // unfolded here, for Angus copies the rest of the field at the end of each line
        assertThat(InternetAddress.parse(parsed(octets).getHeader("Cc", null).replace("\r\n", "")))
                .hasSize(10_000);
    }

    @Test
    void neitherTimeZoneNorLanguageOfTheMachineChangesAnOctet() throws Exception {
        Map<String, String> extra = new HashMap<>();
        for (int number = 0; number < 20; number++) {
            extra.put("X-" + number, "value");
        }
        Ticket ticket = ticket("Gr\u00fc\u00dfe", "n\u00e4me", extra, payload("\u00e4.pdf", 100));
        TimeZone zone = TimeZone.getDefault();
        Locale language = Locale.getDefault();
        byte[] here = octets(ticket);
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            Locale.setDefault(Locale.forLanguageTag("th-TH-u-nu-thai"));
            assertThat(octets(ticket)).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(language);
        }
        assertThat(new String(here, US_ASCII)
                        .lines()
                        .filter(line -> line.startsWith("X-"))
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .as("an order that does not change from one Java to the next")
                .isSorted();
    }

    @Test
    @DisplayName("P3: writing the message a second time, or after saveChanges, changes nothing")
    void everyAttemptWritesTheSame() throws Exception {
        Ticket ticket = ticket("s", "n", Map.of(), payload("a.pdf", 1_000));
        MimeMessage message = composer.compose(ticket, number -> folder.resolve("0"));

        byte[] first = octets(message);
        message.saveChanges();

        assertThat(octets(message)).isEqualTo(first).isEqualTo(octets(ticket));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, -1_000})
    @DisplayName("P3: a payload damaged on disk is not sent as if it were whole")
    void aPayloadOfAnotherSizeIsAFault(int change) throws Exception {
        Ticket ticket = ticket("s", "n", Map.of(), payload("a.pdf", 1_000));
        Files.write(folder.resolve("0"), new byte[1_000 + change]);

        assertThatThrownBy(() -> octets(ticket))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its ticket says 1,000");
    }

    @Test
    void aPayloadReplacedByALinkIsNotFollowed() throws Exception {
        Ticket ticket = ticket("s", "n", Map.of(), payload("a.pdf", 6));
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.delete(folder.resolve("0"));
        Files.createSymbolicLink(folder.resolve("0"), secret);

        assertThatThrownBy(() -> octets(ticket)).isInstanceOf(IOException.class);
    }

    @Test
    void textIsNeverMistakenForABoundary() throws Exception {
        Ticket plain = ticket("s", "n", Map.of(), payload("a.pdf", 10));
        String boundary = "--=_mixed_" + plain.queueId();
        Ticket ticket = with(plain, plain.header(), "before\r\n" + boundary + "--\r\n\r\n" + boundary + "\r\nafter");

        Multipart parts = (Multipart) parsed(ticket).getContent();

        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent()).asString().contains("before", "after");
    }

    private static void wellFormed(byte[] octets) {
        String text = new String(octets, US_ASCII);
        assertThat(text.split("\r\n", -1))
                .allMatch(line -> line.length() <= 998)
                .allMatch(line -> PRINTABLE.matcher(line).matches()); // and neither CR nor LF alone
        String header = text.substring(0, text.indexOf("\r\n\r\n"));
        assertThat(header.split("\r\n", -1))
                .allMatch(line -> FIELD.matcher(line).matches());
    }

    private static String odd(Random chance, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = chance.nextInt(most); length > 0; length--) {
            text.append(ODD.charAt(chance.nextInt(ODD.length())));
        }
        return text.toString();
    }

    private Ticket.Payload payload(String name, int size) throws IOException {
        Files.write(folder.resolve("0"), new byte[size]);
        return new Ticket.Payload(name, "application/pdf", size, "00");
    }

    private BodyPart attachment(Ticket.Payload payload) throws Exception {
        return ((Multipart) parsed(ticket("s", "n", Map.of(), payload)).getContent()).getBodyPart(1);
    }

    private static Ticket ticket(String subject, String name, Map<String, String> extra, Ticket.Payload... payloads) {
        return new Ticket(
                new QueueId("00MFX2K1AB7Q0Z9C"),
                "<00MFX2K1AB7Q0Z9C@gateway.contoso.example>",
                Instant.parse("2026-11-23T10:00:00Z"),
                new Ticket.Source("jms", "requests", "n", ""),
                ReversePath.NULL,
                List.of(new ForwardPath(ANNA)),
                new Ticket.Header(
                        MailAddress.parse("scanner@contoso.example"),
                        name,
                        List.of(ANNA),
                        List.of(),
                        Optional.empty(),
                        subject,
                        extra),
                subject,
                Optional.empty(),
                List.of(payloads),
                Priority.NORMAL,
                Optional.empty());
    }

    private static Ticket with(Ticket ticket, Ticket.Header header, String text) {
        return new Ticket(
                ticket.queueId(),
                ticket.messageId(),
                ticket.date(),
                ticket.source(),
                ticket.reversePath(),
                ticket.recipients(),
                header,
                text,
                ticket.html(),
                ticket.payloads(),
                Priority.NORMAL,
                Optional.empty());
    }

    private byte[] octets(Ticket ticket) throws Exception {
        return octets(composer.compose(ticket, number -> folder.resolve("" + number)));
    }

    private static byte[] octets(MimeMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private MimeMessage parsed(Ticket ticket) throws Exception {
        return parsed(octets(ticket));
    }

    private static MimeMessage parsed(byte[] octets) throws Exception {
        return new MimeMessage((Session) null, new ByteArrayInputStream(octets));
    }
}
