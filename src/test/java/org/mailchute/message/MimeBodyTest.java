package org.mailchute.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.envelope.MailAddress;

/** What becomes of the parts of a message that a device or an application has built. */
class MimeBodyTest {
    private static final ReadyMessage.Missing MISSING = new ReadyMessage.Missing(
            "<1@gateway>", Instant.parse("2026-11-23T10:00:00Z"), Optional.of(MailAddress.parse("env@contoso.com")));
    private static final String TOP = "From: a@contoso.com\r\nMIME-Version: 1.0\r\n";
    private static final String MIXED = TOP + "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n";
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @SuppressWarnings("NullAway.Init") // each test copies first
    private ReadyMessage.Copied copied;

    private String copy(InputStream in, Charset charset) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copied = ReadyMessage.open(in, true, charset).copyTo(out, MISSING);
        assertThat(copied.size()).isEqualTo(out.size());
        String sent = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(sent.split("\r\n")).allMatch(line -> line.length() <= 998);
        return sent;
    }

    private String copy(String message) throws Exception {
        return copy(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)), WINDOWS);
    }

    private static MimeMultipart parts(String sent) throws Exception {
        return (MimeMultipart) new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)))
                .getContent();
    }

    private static String text(BodyPart part) throws Exception {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void sevenBitPartsPassOctetForOctet() throws Exception {
        String body = "preamble\r\n--b 1\r\nContent-Type: text/plain; name=a.txt\r\n\r\none\r\n\r\n--b 1  \r\n\r\n"
                + "no header\r\n--b 1\r\nContent-Type: multipart/alternative;\r\n boundary=in\r\n\r\n--in\r\n\r\nx\r\n--b 1x\r\n"
                + "--in--\r\nepilogue\r\n--b 1\r\nContent-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\n.\r\n--b 1--\r\nend\r\n";
        assertThat(copy(MIXED + body)).endsWith("\r\n\r\n" + body);
        assertThat(copied.eightBit()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'',quoted-printable", "8bit,quoted-printable", "7bit,quoted-printable", "BINARY,base64"})
    void textBeyondAsciiIsEncoded(String said, String encoding) throws Exception {
        String field = said.isEmpty() ? "" : "Content-Transfer-Encoding: " + said + "\r\n";
        String part = "--b 1\r\nContent-Type: text/html; charset=utf-8\r\n" + field + "\r\n<p>Ü \r\n"
                + "ä".repeat(2_000) + "\r\n\r\n--b 1\r\n\r\nplain\r\n--b 1--\r\n";
        String sent = copy(MIXED + part);
        assertThat(copied.eightBit()).isFalse();
        MimeMultipart parts = parts(sent);
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding")).containsExactly(encoding);
        assertThat(text(parts.getBodyPart(0))).isEqualTo("<p>Ü \r\n" + "ä".repeat(2_000) + "\r\n");
        assertThat(text(parts.getBodyPart(1))).isEqualTo("plain");
    }

    @Test
    void whatIsNoTextBecomesBase64WithItsOwnLineEnds() throws Exception {
        byte[] octets = {(byte) 0xff, '\n', '\r', 0, '\r', '\n', '\n', 7};
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes((MIXED + "--b 1\r\nContent-Type: image/x\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(octets);
        message.writeBytes("\r\n--b 1--\r\n".getBytes(StandardCharsets.US_ASCII));
        String sent = copy(new ByteArrayInputStream(message.toByteArray()), WINDOWS);
        assertThat(parts(sent).getBodyPart(0).getInputStream()).hasBinaryContent(octets);
    }

    @Test
    void aMessageWithoutPartsIsEncodedToo() throws Exception {
        assertThat(copy("From: a@contoso.com\r\n\r\nÄ\n"))
                .contains("Content-Transfer-Encoding: quoted-printable\r\n")
                .endsWith("\r\n\r\n=C3=84\r\n");
        assertThat(copy("From: a@contoso.com\r\n\r\nA"))
                .doesNotContain("Transfer-Encoding")
                .endsWith("\r\n\r\nA\r\n");
    }

    @Test
    void whatIsSignedIsNeverTouched() throws Exception {
        String signed = "--s\r\nContent-Type: text/plain; name=Größe\r\n\r\nÄ\r\n--s\r\nContent-Type: "
                + "application/pkcs7-signature\r\n\r\nAA==\r\n--s--\r\n";
        String outer = "--b 1\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n" + signed;
        String sent = copy(MIXED + outer + "--b 1\r\n\r\nÖ\r\n--b 1--\r\n");
        String octets = new String(outer.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(sent).contains(octets).endsWith("\r\n=C3=96\r\n--b 1--\r\n");
        assertThat(copied.eightBit()).as("is told to the server").isTrue();
        assertThat(copy(TOP + "Content-Type: multipart/signed; boundary=s\r\n\r\n" + signed))
                .endsWith(new String(signed.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        assertThat(copy(TOP + "DKIM-Signature: v=1\r\n\r\nÄ\r\n")).endsWith("\r\n\r\nÃ\u0084\r\n");
    }

    @ParameterizedTest
    @CsvSource({"windows-1252, Größe.pdf", "Shift_JIS, 資料ソ.pdf", "UTF-8, Größe 資料.pdf"})
    void namesInOctetsAreNamesForEveryReader(String charset, String name) throws Exception {
        String fields =
                "Content-Type: application/pdf; name=" + name + "\r\nContent-Disposition: attachment;\r\n filename=\""
                        + name + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAA==\r\n";
        InputStream message = new ByteArrayInputStream(
                (MIXED + "--b 1\r\n" + fields + "--b 1--\r\n").getBytes(Charset.forName(charset)));
        String sent = copy(message, charset.equals("UTF-8") ? WINDOWS : Charset.forName(charset));
        BodyPart part = parts(sent).getBodyPart(0);
        assertThat(part.getFileName()).isEqualTo(name);
        assertThat(sent).contains("Content-Type: application/pdf;\r\n name=\"=?UTF-8?B?");
        assertThat(sent.chars()).allMatch(octet -> octet < 0x80);
        String alone = copy(
                new ByteArrayInputStream((TOP + fields).getBytes(Charset.forName(charset))), Charset.forName(charset));
        MimeMessage message2 = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(alone.getBytes(StandardCharsets.US_ASCII)));
        assertThat(message2.getFileName()).isEqualTo(name);
        assertThat(MimeUtility.decodeText(
                        new jakarta.mail.internet.ContentType(message2.getContentType()).getParameter("name")))
                .isEqualTo(name);
    }

    @Test
    void fieldsOfMessagesWithinMessagesAreMendedToo() throws Exception {
        String sent = copy(MIXED + "--b 1\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n"
                + "Subject: Grüße\r\n\r\nÄ\r\n--b 1--\r\n");
        assertThat(sent)
                .contains("\r\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n")
                .contains("\r\n\r\n=C3=84\r\n--b 1--\r\n");
    }

    @Test
    void aPartOfADigestThatSaysNoTypeIsAMessage() throws Exception {
        String inner = "Subject: %s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nÄ\r\n";
        String digest = TOP + "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\n" + inner.formatted("one")
                + "--d\r\n" + "X-Number: 2\r\n\r\n" + inner.formatted("two")
                + "--d\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nÖ\r\n--d--\r\n";
        String encoded = "Content-Transfer-Encoding: quoted-printable\r\n";
        String mended = inner.replace("\r\n\r\nÄ", "\r\n" + encoded + "\r\n=C3=84");
        assertThat(copy(digest))
                .endsWith("--d\r\n\r\n" + mended.formatted("one") + "--d\r\nX-Number: 2\r\n\r\n"
                        + mended.formatted("two") + "--d\r\nContent-Type: text/plain; charset=utf-8\r\n" + encoded
                        + "\r\n=C3=96\r\n--d--\r\n");
    }

    @Test
    void aPartOfWhatADigestHoldsIsTextAgain() throws Exception {
        String mixed = "Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n";
        String rest = "\r\nSubject: %s\r\n--in--\r\n--d--\r\n";
        String digest = TOP + "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\n" + mixed;
        assertThat(copy(digest + rest.formatted("Ä")))
                .endsWith("--in\r\nContent-Transfer-Encoding: quoted-printable\r\n" + rest.formatted("=C3=84"));
    }

    @Test
    void aLongNameIsContinued() throws Exception {
        String name = "資".repeat(146) + ".pdf";
        String encoded = name.replace("資", "%E8%B3%87");
        String sent = copy(MIXED + "--b 1\r\nContent-Disposition: attachment; filename*=utf-8''" + encoded
                + "\r\n\r\nx\r\n--b 1--\r\n");
        assertThat(parts(sent).getBodyPart(0).getFileName()).isEqualTo(name);
        assertThat(sent.lines()).allMatch(line -> line.length() <= 78);
        String ours = AttachmentName.of(name).disposition();
        assertThat(ours.lines()).allMatch(line -> line.length() <= 78);
        assertThat(new jakarta.mail.internet.ContentDisposition(ours).getParameter("filename"))
                .isEqualTo(name);
    }

    @Test
    void longQuotedPrintableIsBrokenSoftlyAndNeverWithinAnOctet() throws Exception {
        for (int before = 0; before < 7; before++) {
            String line = "x".repeat(before) + "=C3=A4b".repeat(1_000);
            String sent = copy(MIXED + "--b 1\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n" + line + "\r\n--b 1--\r\n");
            assertThat(text(parts(sent).getBodyPart(0))).isEqualTo("x".repeat(before) + "äb".repeat(1_000));
        }
    }

    @Test
    void base64OnOneLineIsBrokenWithoutABlank() throws Exception {
        String sent = copy(MIXED + "--b 1\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "QUJD".repeat(20_000) + "\r\n--b 1--\r\n");
        assertThat(sent).doesNotContain("\r\n ");
        assertThat(text(parts(sent).getBodyPart(0))).isEqualTo("ABC".repeat(20_000));
    }

    /** Octet by octet, and in every order of line ends, as a slow device may send it. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void lineEndsAndPiecesMakeNoDifference(String end) throws Exception {
        String message =
                MIXED + "--b 1\r\nContent-Type: text/plain;\r\n charset=utf-8\r\n\r\nÄ\r\n\r\nb\r\n--b 1\r\n\r\n"
                        + "c".repeat(9_000) + "\r\n--b 1--\r\n";
        InputStream whole =
                new ByteArrayInputStream(message.replace("\r\n", end).getBytes(StandardCharsets.UTF_8));
        InputStream slow = new SequenceInputStream(InputStream.nullInputStream(), new java.io.FilterInputStream(whole) {
            @Override
            public int read(byte[] block, int from, int length) throws java.io.IOException {
                return super.read(block, from, Math.min(1, length));
            }
        });
        assertThat(copy(slow, WINDOWS)).isEqualTo(copy(message));
    }

    @Test
    void depthHasABound() throws Exception {
        StringBuilder message = new StringBuilder(TOP);
        for (int level = 0; level < 5_000; level++) {
            message.append("Content-Type: multipart/mixed; boundary=b")
                    .append(level)
                    .append("\r\n\r\n--b")
                    .append(level)
                    .append("\r\n");
        }
        assertThat(copy(message + "\r\nx\r\n")).endsWith("--b4999\r\n\r\nx\r\n");
        String messages = "Content-Type: message/rfc822\r\n\r\n".repeat(5_000) + "x\r\n";
        assertThat(copy(TOP + "Content-Type: message/rfc822\r\n\r\n" + messages).endsWith("\r\n\r\n" + messages))
                .isTrue();
    }

    @Test
    void aPartBeyondAsciiOnlyFarWithinIsToldToTheServer() throws Exception {
        String far = "x".repeat(70) + "\r\n";
        copy(MIXED + "--b 1\r\n\r\n" + String.join("", Collections.nCopies(1_000, far)) + "Ä\r\n--b 1--\r\n");
        assertThat(copied.eightBit()).isTrue();
        copy(MIXED + "--b 1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + String.join("", Collections.nCopies(1_000, far)) + "Ä\r\n--b 1--\r\n");
        assertThat(copied.eightBit()).isFalse();
    }
}
