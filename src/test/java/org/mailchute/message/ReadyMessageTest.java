package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.MailAddress;

/** A message somebody else has built: what of it is sent, what is not, what is added. */
class ReadyMessageTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String MINIMAL = "From: a@contoso.com\nTo: b@contoso.com\n\nhello\n";
    private static final ReadyMessage.Missing MISSING = new ReadyMessage.Missing(
            "<1@gateway>", Instant.parse("2026-11-23T10:00:00Z"), Optional.of(MailAddress.parse("env@contoso.com")));

    @SuppressWarnings("NullAway.Init") // each test copies first
    private ReadyMessage.Copied copied;

    private String copy(byte[] message, boolean lenient) throws IOException, UnfitMessage {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copied = ReadyMessage.open(new ByteArrayInputStream(message), lenient, WINDOWS)
                .copyTo(out, MISSING);
        assertThat(copied.size()).isEqualTo(out.size());
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private String copy(String message) throws IOException, UnfitMessage {
        return copy(message.getBytes(StandardCharsets.UTF_8), false);
    }

    private static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void aWholeMessagePassesOctetForOctet() throws Exception {
        String whole =
                "From: \"A\" <a@contoso.com>\r\nTo: b@contoso.com,\r\n\tc@contoso.com\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\n"
                        + "Date: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <x@contoso.com>\r\nX-App:  7\r\nMIME-Version: 1.0\r\n\r\n"
                        + "one\r\n.\r\n..two\r\n";
        assertThat(copy(whole)).isEqualTo(whole);
        assertThat(copied.messageId()).isEqualTo("<x@contoso.com>");
        assertThat(copied.date()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(copied.subject()).isEqualTo("café");
        assertThat(copied.authors()).hasToString("[a@contoso.com]");
        assertThat(copied.to()).hasToString("[b@contoso.com, c@contoso.com]");
        assertThat(copied.eightBit()).isFalse();
    }

    @Test
    void whatIsMissingIsAdded() throws Exception {
        assertThat(copy("To: b@contoso.com\n\nhello"))
                .isEqualTo("To: b@contoso.com\r\nFrom: <env@contoso.com>\r\nMessage-ID: <1@gateway>\r\n"
                        + "Date: Mon, 23 Nov 2026 10:00:00 +0000 (UTC)\r\nMIME-Version: 1.0\r\n\r\nhello\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bcc: hidden@contoso.com",
                "BCC : hidden@contoso.com,\n other@contoso.com",
                "Return-Path: <x@evil.example>",
                "Received: from a by b;\n Mon, 23 Nov 2026 10:00:00 +0000",
                "Resent-From: x@evil.example",
                "Resent-Bcc: x@evil.example",
                "X-Sender: a@contoso.com BODY=8BITMIME",
                "X-Receiver: hidden@contoso.com NOTIFY=NEVER",
                "X-CreatedBy: MSExchange15",
                "X-EndOfInjectedXHeaders: 1400",
                "X-ExtendedMessageProps: <xml/>",
                "X-HeloDomain: x",
                "X-Source: SMTP:x",
                "X-SourceIPAddress: 10.0.0.1",
                "X-ServerAddress: smtp.evil.example",
                "X-SendToPickupDirectory: c:\\\\x",
                "X-AuthLogin: user",
                "X-AuthPassword: secret",
                "X-MS-Exchange-Organization-SCL: -1",
                "Authentication-Results: spf=pass"
            })
    void theseFieldsNeverGoOut(String field) throws Exception {
        String sent = copy(field + "\nSubject: stays\n" + MINIMAL);
        assertThat(sent).startsWith("Subject: stays\r\nFrom: a@contoso.com\r\nTo: b@contoso.com\r\n");
        assertThat(sent).doesNotContain("hidden", "evil", "secret", "MSExchange", "spf");
    }

    @Test
    void everyLineEndBecomesCrLf() throws Exception {
        assertThat(body(copy("From: a@contoso.com\r\r" + "a\rb\nc\r\nd\n\re\r\r\nf")))
                .isEqualTo("a\r\nb\r\nc\r\nd\r\n\r\ne\r\n\r\nf\r\n");
    }

    @ParameterizedTest
    @CsvSource({"998, 1", "999, 2", "1995, 2", "1996, 3"})
    void aLineOf998OctetsPassesALongerOneIsBroken(int length, int lines) throws Exception {
        String sent = body(copy("From: a@contoso.com\n\n" + "x".repeat(length) + "\ny\n"));
        assertThat(sent.replace("\r\n ", "")).isEqualTo("x".repeat(length) + "\r\ny\r\n");
        assertThat(sent.lines()).hasSize(lines + 1).allMatch(line -> line.length() <= 998);
    }

    /** What is signed is not encoded, so that its lines are still broken where they are too long. */
    private static final String SIGNED = "From: a@contoso.com\nDKIM-Signature: v=1\n\n";

    @Test
    void aBreakNeverCutsACharacterInTwo() throws Exception {
        for (int before = 0; before < 5; before++) {
            String line = "x".repeat(before) + "aé€😀".repeat(20_000);
            String sent = body(copy(SIGNED + line + "\n"));
            String text = new String(sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            assertThat(text.replace("\r\n ", "")).isEqualTo(line + "\r\n");
            assertThat(sent.lines()).allMatch(part -> part.length() <= 998);
            assertThat(text).doesNotContain("\ufffd");
        }
    }

    @Test
    void norAtTheEndOfABlock() throws Exception {
        for (int before = (1 << 16) - 1_010; before < (1 << 16) - 990; before++) {
            String start = "x\n".repeat(before / 3) + "y".repeat(before % 3);
            String sent = body(copy(SIGNED + start + "€".repeat(400)));
            String text = new String(sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            assertThat(text.replace("\r\n ", "")).isEqualTo(start.replace("\n", "\r\n") + "€".repeat(400) + "\r\n");
        }
    }

    @Test
    void anEightBitHeaderBecomesEncodedWords() throws Exception {
        String sent =
                copy("From: Jörg <a@contoso.com>\nTo: Ünal <b@contoso.com>, c@contoso.com\nSubject: Grüße\n\nx\n");
        assertThat(sent)
                .contains("From: =?UTF-8?B?SsO2cmc=?= <a@contoso.com>\r\n")
                .contains("To: =?UTF-8?B?w5xuYWw=?= <b@contoso.com>,\r\n c@contoso.com\r\n")
                .contains("Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n");
        String old = copy(MINIMAL.replace("To", "Subject: Grüße\nTo").getBytes(Charset.forName("windows-1252")), false);
        assertThat(old).contains("Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n");
        assertThat(copied.eightBit()).isFalse();
    }

    @Test
    void anIdThatPythonEncodedIsAnIdAgainUnlessItIsSigned() throws Exception {
        String python =
                "References: <first@fabrikam.com> =?utf-8?q?=3CAM0PR04MB12345?=\n =?utf-8?q?=40outlook=2Ecom=3E?=\n"
                        + MINIMAL;
        assertThat(copy(python)).startsWith("References: <first@fabrikam.com> <AM0PR04MB12345@outlook.com>\r\nFrom:");
        String signed = "DKIM-Signature: v=1\n" + python;
        assertThat(copy(signed))
                .startsWith(signed.substring(0, signed.indexOf("From:")).replace("\n", "\r\n"));
        String words = "In-Reply-To: =?utf-8?q?Your_mail?=\n" + MINIMAL;
        assertThat(copy(words)).startsWith("In-Reply-To: =?utf-8?q?Your_mail?=\r\n");
    }

    /** RFC 2231 would repeat the name in each line, with an octet or two of the value. */
    @Test
    void aParameterWhoseNameLeavesNoRoomForItsValueIsLeftOut() throws Exception {
        String odd = "x".repeat(900) + "=\"" + "y".repeat(900) + '"';
        assertThat(copy("Content-Type: application/pdf; " + odd + "; name=a.pdf\n" + MINIMAL))
                .doesNotContain("xx")
                .contains("Content-Type: application/pdf;\r\n name=a.pdf\r\n");
    }

    @Test
    void severalToFieldsBecomeOneAndASecondSubjectIsLeftOut() throws Exception {
        assertThat(copy("To: x@contoso.com\nSubject: one\nSubject: two\n" + MINIMAL))
                .contains("To: x@contoso.com,\r\n b@contoso.com\r\n", "Subject: one\r\n")
                .doesNotContain("two");
        assertThat(copied.to()).hasToString("[x@contoso.com, b@contoso.com]");
    }

    @Test
    void severalAuthorsGetASenderAndAllAreToldToThePolicy() throws Exception {
        assertThat(copy("From: a@contoso.com, b@contoso.com\n\nx\n")).contains("Sender: <env@contoso.com>\r\n");
        assertThat(copied.authors()).hasToString("[a@contoso.com, b@contoso.com, env@contoso.com]");
    }

    @Test
    void aDateThatCannotBeReadAndAMessageIdThatIsNoneAreReplaced() throws Exception {
        assertThat(copy("Date: yesterday\nMessage-ID: 17\n" + MINIMAL))
                .contains("Date: Mon, 23 Nov 2026 10:00:00 +0000 (UTC)\r\n", "Message-ID: <1@gateway>\r\n")
                .doesNotContain("yesterday", "17");
    }

    @ParameterizedTest
    @ValueSource(strings = {", ", ",", ";"})
    void aLongListOfRecipientsOnOneLineIsFolded(String comma) throws Exception {
        String list = IntStream.range(0, 201)
                .mapToObj(number -> "somebody" + number + "@contoso.com")
                .collect(Collectors.joining(comma));
        String sent = copy("From: a@contoso.com\nTo: " + list + "\n\nx\n");
        assertThat(sent.lines()).allMatch(line -> line.length() <= 998);
        assertThat(copied.to()).hasSize(201);
    }

    @Test
    void aDeviceThatForgetsTheHeaderOrItsEndIsUnderstoodWhereTheEnvelopeIsKnown() throws Exception {
        byte[] bare = "Scan finished.\nPage 1\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(body(copy(bare, true))).isEqualTo("Scan finished.\r\nPage 1\r\n");
        byte[] noEnd = "Subject: Scan\nfinished at 10\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(copy(noEnd, true)).startsWith("Subject: Scan\r\n").endsWith("\r\n\r\nfinished at 10\r\n");
        byte[] badFrom = "From: Scanner\nSubject: Scan\n\nx\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(copy(badFrom, true)).contains("From: \"Scanner\" <env@contoso.com>\r\n");
        byte[] nothing = {};
        assertThat(body(copy(nothing, true))).isEmpty();
        assertThatThrownBy(() -> copy(bare, false)).isInstanceOf(UnfitMessage.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthorIsNeverLost(boolean lenient) throws Exception {
        byte[] comma = "From: Mueller, Hans <h@contoso.com>\nTo: Meier, Eva <e@contoso.com>\n\nx\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(copy(comma, lenient))
                .contains("From: \"Mueller, Hans\" <h@contoso.com>\r\n", "To: \"Meier, Eva\" <e@contoso.com>\r\n");
        assertThat(copied.authors()).hasToString("[h@contoso.com]");
        assertThat(copied.fromName()).isEqualTo("Mueller, Hans");
        byte[] at = "From: h@contoso.com <h@contoso.com>\n\nx\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(copy(at, lenient)).contains("From: \"h@contoso.com\" <h@contoso.com>\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "Sender", "Reply-To", "To", "Cc", "Disposition-Notification-To"})
    void anAddressFieldWhoseMeaningIsNotPlainRefusesTheMessageOfADeviceToo(String field) {
        String message = field + ": Hans h@contoso.com\nSubject: x\n\nx\n";
        assertThatThrownBy(() -> copy(message.getBytes(StandardCharsets.US_ASCII), true))
                .isInstanceOf(UnfitMessage.class)
                .hasMessage("header field " + field + ": \"Hans h@contoso.com\" is no mail address");
    }

    @Test
    void theHeaderMayHave64KilobytesAndNoMore() throws Exception {
        String field = "X-Fill: " + "y".repeat(900) + "\n";
        copy(field.repeat(70) + MINIMAL);
        assertThatThrownBy(() -> copy(field.repeat(75) + MINIMAL))
                .isInstanceOf(UnfitMessage.class)
                .hasMessageContaining("64 KB");
    }

    @Test
    void aHundredAndFiftyMegabytesPassInConstantMemory() throws Exception {
        InputStream header = new ByteArrayInputStream("From: a@contoso.com\n\n".getBytes(StandardCharsets.US_ASCII));
        long[] left = {150_000_000};
        InputStream body = new InputStream() {
            @Override
            public int read() {
                return left[0]-- > 0 ? (left[0] % 77 == 0 ? '\n' : 'A') : -1;
            }

            @Override
            public int read(byte[] block, int from, int length) {
                int some = (int) Math.min(Math.min(length, 8_191), left[0]);
                java.util.Arrays.fill(block, from, from + Math.max(0, some), (byte) 'A');
                left[0] -= some;
                return some <= 0 ? -1 : some;
            }
        };
        copied = ReadyMessage.open(new SequenceInputStream(header, body), false, WINDOWS)
                .copyTo(OutputStream.nullOutputStream(), MISSING);
        assertThat(copied.size()).isGreaterThan(150_000_000);
    }
}
