package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.PayloadSink;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;

/** P7: bad input gets a clear error. P8: an attachment is never held whole. */
class RequestRulesTest {
    private static final String SAY = "{\"text\": \"hello\"";

    @Test
    void aFullRequestSaysEverything() throws Exception {
        SampleRequest.Kept kept = new SampleRequest.Kept();
        Ticket ticket = SampleRequest.read(SampleRequest.rule(), stream(SampleRequest.FULL), 10_000, kept);
        assertThat(ticket.queueId()).isEqualTo(SampleRequest.ID);
        assertThat(ticket.messageId()).isEqualTo("<" + SampleRequest.ID + "@gw.x.example>");
        assertThat(ticket.date()).isEqualTo(SampleRequest.NOON);
        assertThat(ticket.source()).isEqualTo(new Ticket.Source("jms", "orders", "order-4711", "c-1"));
        assertThat(ticket.reversePath()).hasToString("shop@a.example");
        assertThat(recipients(ticket)).isEqualTo("[bo@b.example, cy@c.example, dee@d.example, eve@e.example]");
        assertThat(ticket.header().from()).hasToString("shop@a.example");
        assertThat(ticket.header().fromName()).isEqualTo("Käse & Co");
        assertThat(ticket.header().to()).hasToString("[bo@b.example, cy@c.example]");
        assertThat(ticket.header().cc()).hasToString("[dee@d.example]");
        assertThat(ticket.header().replyTo()).hasToString("Optional[help@a.example]");
        assertThat(ticket.header().subject()).isEqualTo("Grüße 😀");
        assertThat(ticket.header().extra()).containsOnlyKeys("X-Order").containsValue("4711");
        assertThat(ticket.text()).isEqualTo("Hello\nthere");
        assertThat(ticket.html()).contains("<p>Hello</p>");
        assertThat(kept.contents).hasToString("[hello, ]");
    }

    @Test
    void attachmentsAreCountedHashedAndTypedByTheirNames() throws Exception {
        assertThat(SampleRequest.read(SampleRequest.FULL).payloads())
                .containsExactly(
                        new Ticket.Payload(
                                "a.pdf",
                                "application/pdf",
                                5,
                                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
                        new Ticket.Payload(
                                "b.txt",
                                "text/plain",
                                0,
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    @Test
    void aNameWithoutAnEndingSaysNothingOfTheType() throws Exception {
        String request = "{\"attachments\": [{\"name\": \"pdf\", \"content\": \"\"}]}";
        assertThat(SampleRequest.read(request).payloads().get(0).contentType()).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ude00\\ud83d"})
    void halfACharacterIsRefusedSinceNothingCouldWriteItDown(String half) {
        assertThat(refusal("{\"text\": \"a" + half + "b\"}").reason()).contains("lone surrogate) in text");
    }

    @Test
    void whatARequestLeavesOutComesFromTheRule() throws Exception {
        Ticket ticket = SampleRequest.read(SAY + "}");
        assertThat(ticket.source()).isEqualTo(new Ticket.Source("jms", "orders", "ID:broker-1", ""));
        assertThat(ticket.reversePath()).hasToString("bounces@x.example");
        assertThat(recipients(ticket)).isEqualTo("[to@x.example, cc@x.example, bcc@x.example]");
        assertThat(ticket.header().from()).hasToString("app@x.example");
        assertThat(ticket.header().fromName()).isEqualTo("The App");
        assertThat(ticket.header().replyTo()).hasToString("Optional[answers@x.example]");
    }

    @Test
    void theSubjectOfTheRuleIsATemplate() throws Exception {
        assertThat(SampleRequest.read(SAY + "}").header().subject()).isEqualTo("Message from orders");
        String request = "{\"attachments\": [{\"name\": \"ab.pdf\", \"content\": \"aGVsbG8=\"}]}";
        Ticket ticket =
                SampleRequest.read(SampleRequest.rule("${file} of ${intake}", "${size}"), stream(request), 999, kept());
        assertThat(ticket.header().subject()).isEqualTo("ab.pdf of orders");
        assertThat(ticket.text()).isEqualTo("1 KB");
    }

    @Test
    void aSubjectGivenByTheApplicationIsNoTemplate() throws Exception {
        assertThat(SampleRequest.read(SAY + ", \"subject\": \"costs ${size} $1\"}")
                        .header()
                        .subject())
                .isEqualTo("costs ${size} $1");
    }

    @Test
    void theTextOfTheRuleStandsInOnlyWhereNothingIsSaid() throws Exception {
        IntakeRule rule = SampleRequest.rule("s", "See attached.");
        assertThat(SampleRequest.read(rule, stream("{}"), 999, kept()).text()).isEqualTo("See attached.");
        assertThat(SampleRequest.read(rule, stream("{\"html\": \"<b>x</b>\"}"), 999, kept())
                        .text())
                .isEmpty();
    }

    @Test
    void oneKindOfRecipientReplacesAllOfTheRule() throws Exception {
        assertThat(recipients(SampleRequest.read(SAY + ", \"bcc\": \"one@b.example\"}")))
                .isEqualTo("[one@b.example]");
    }

    @Test
    void aRecipientNamedTwiceGetsOneMail() throws Exception {
        assertThat(recipients(SampleRequest.read(
                        SAY + ", \"to\": [\"a@b.example\", \"a@B.EXAMPLE\"], \"cc\": \"a@b.example\"}")))
                .isEqualTo("[a@b.example]");
    }

    @Test
    void aRequestThatSaysNothingIsRefused() {
        assertThat(refusal("{}").reason()).contains("nothing to say");
    }

    @Test
    void anAttachmentRestsBeforeTheRequestEnds() throws Exception {
        long octets = 20_000_002;
        Generated request = new Generated(octets);
        Watched sink = new Watched(request);
        Ticket ticket = SampleRequest.read(SampleRequest.rule(), request, 40_000_000, number -> sink);
        assertThat(ticket.payloads().get(0).size()).isEqualTo(octets);
        assertThat(sink.count.get()).isEqualTo(octets);
        assertThat(sink.givenAtFirst).isLessThan(200_000);
        assertThat(sink.furthestBehind).as("base64 read, but not yet decoded").isLessThan(200_000);
    }

    @Test
    void aRequestOverTheLimitIsRefusedWithoutReadingItAll() {
        Generated request = new Generated(20_000_002);
        Refused refused = Objects.requireNonNull(catchThrowableOfType(
                Refused.class,
                () -> SampleRequest.read(SampleRequest.rule(), request, 1_000_000, new SampleRequest.Kept())));
        assertThat(refused.reason()).contains("1,000,000 octets");
        assertThat(request.given).isLessThan(1_200_000);
    }

    @Test
    void aSmallLimitHoldsFromTheFirstOctetOn() {
        int size = SampleRequest.FULL.getBytes(StandardCharsets.UTF_8).length;
        for (int limit : new int[] {0, 1, 10, 100, size - 1}) {
            assertThatThrownBy(
                            () -> SampleRequest.read(SampleRequest.rule(), stream(SampleRequest.FULL), limit, kept()))
                    .as("limit %d", limit)
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("octets");
        }
    }

    @Test
    void aRequestOfExactlyTheLimitIsTaken() throws Exception {
        int size = SampleRequest.FULL.getBytes(StandardCharsets.UTF_8).length;
        assertThat(SampleRequest.read(SampleRequest.rule(), stream(SampleRequest.FULL), size, kept()))
                .isNotNull();
    }

    @Test
    void aHundredAttachmentsAreTheMost() throws Exception {
        assertThat(SampleRequest.read(attachments(100)).payloads()).hasSize(100);
        assertThat(refusal(attachments(101)).reason()).contains("more than 100 attachments");
    }

    @Test
    void fiftyHeaderFieldsAreTheMost() throws Exception {
        assertThat(SampleRequest.read(headers(50)).header().extra()).hasSize(50);
        assertThat(refusal(headers(51)).reason()).contains("more than 50 header fields");
    }

    @Test
    void tenThousandAddressesAreTheMost() {
        String many = String.join(",", Collections.nCopies(10_001, "\"a@b.example\""));
        assertThat(refusal(SAY + ", \"to\": [" + many + "]}").reason()).contains("more than 10000 recipients");
    }

    @Test
    void aTextOfAMillionCharactersIsTakenAndALongerOneRefused() throws Exception {
        assertThat(SampleRequest.read("{\"text\": \"" + "x".repeat(1_000_000) + "\"}")
                        .text())
                .hasSize(1_000_000);
        Refused refused = refusal("{\"text\": \"" + "x".repeat(1_100_000) + "\"}");
        assertThat(refused.remedy()).contains("1000000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "fromName", "subject", "correlationId"})
    void aLineHas998CharactersAtTheMost(String key) throws Exception {
        assertThat(SampleRequest.read(SAY + ", \"" + key + "\": \"" + "x".repeat(998) + "\"}"))
                .isNotNull();
        assertThat(refusal(SAY + ", \"" + key + "\": \"" + "x".repeat(999) + "\"}")
                        .reason())
                .contains(key + " has more than 998 characters");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(refusal("{\"headers\": " + "[".repeat(100_000)).reason()).isNotEmpty();
        assertThat(refusal("[".repeat(100_000)).reason()).contains("not an object");
    }

    @Test
    void anUnknownKeyIsNamedWithAllThatAreKnown() {
        Refused refused = refusal("{\"recipients\": \"a@b.example\"}");
        assertThat(refused.reason())
                .contains("line 1, column")
                .contains("there is no \"recipients\" in a mail request");
        MailRequest.KEYS.forEach(key -> assertThat(refused.remedy()).contains(key));
    }

    @Test
    void anUnknownKeyOfAnAttachmentIsNamedWithAllThatAreKnown() {
        Refused refused = refusal("{\"attachments\": [{\"file\": \"x\"}]}");
        assertThat(refused.reason()).contains("there is no \"file\" in an attachment");
        MailRequest.ATTACHMENT_KEYS.forEach(key -> assertThat(refused.remedy()).contains(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"text\": \"a\", \"headers\": {\"X-A\": \"1\", \"X-A\": \"2\"}}",
                "{\"attachments\": [{\"name\": \"a\", \"content\": \"\", \"content\": \"\"}]}"
            })
    void aKeyGivenTwiceIsRefused(String json) {
        assertThat(refusal(json).reason()).contains("Duplicate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "subject": 7                                | subject is not a text
                    "subject": null                             | subject is not a text
                    "subject": {}                               | subject is not a text
                    "subject": ["a"]                            | subject is not a text
                    "from": ["a@b.example"]                     | from is not a text
                    "to": true                                  | to is not a text
                    "to": ["a@b.example", 1]                    | to.1 is not a text
                    "to": [["a@b.example"]]                     | to.0 is not a text
                    "headers": []                               | headers is not an object
                    "headers": {"X-A": 1}                       | headers.X-A is not a text
                    "attachments": {}                           | attachments is not an array
                    "attachments": ["a"]                        | attachments.0 is not an object
                    "attachments": [{"name": 1}]                | attachments.0.name is not a text
                    "attachments": [{"content": 1}]             | attachments.0.content is not a text in base64
                    "attachments": [{"name": "a"}]              | no name or no content
                    "attachments": [{"content": ""}]            | no name or no content
                    "attachments": [{"contentType": "pdf"}]     | not type/subtype
                    "attachments": [{"contentType": "a/b; c=d"}]| not type/subtype
                    """)
    void aWrongTypeIsNamedWithPathLineAndColumn(String member, String reason) {
        Refused refused = refusal("{\n  " + member + "\n}");
        assertThat(refused.reason()).contains(reason).containsPattern("line 2, column \\d+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!!!", "aGVsbG8", "aGVsbG8=x", "a", "=", "====", "aGV\\u0000", "aGV sbG8é", "aGVs\\nbG8", "-_-_"
            })
    void whatIsNotBase64IsRefused(String content) {
        Refused refused = refusal("{\"attachments\": [{\"name\": \"a\", \"content\": \"" + content + "\"}]}");
        assertThat(refused.reason()).contains("not base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n\t "})
    void anEmptyMessageIsRefused(String json) {
        assertThat(refusal(json).reason()).contains("the request is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " x", "]", "\"", "\u0000", ","})
    void whatFollowsTheRequestIsRefused(String more) {
        assertThat(refusal(SAY + "}" + more).reason()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "1",
                "null",
                "NaN",
                "hello",
                "<xml/>",
                "{'text': 'a'}",
                "{text: 1}",
                "{\"text\" 1}"
            })
    void whatIsNoObjectIsRefused(String json) {
        assertThat(refusal(json).reason()).containsPattern("line 1, column \\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c0af", "eda080", "f8888080", "80", "e282"})
    void whatIsNotUtf8IsRefused(String hex) {
        byte[] wrong = java.util.HexFormat.of().parseHex(hex);
        String inText = "{\"text\": \"" + new String(wrong, StandardCharsets.ISO_8859_1) + "\"}";
        assertRefused(inText.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(wrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00007b00", "007b0000", "0000fffe", "fffe0000ffffffff", "0000feff7fffffff", "0000007bffffffff"})
    void anUnreadableEncodingIsRefused(String hex) {
        assertRefused(java.util.HexFormat.of().parseHex(hex));
    }

    @Test
    void aLineEndInALongerFormIsStillALineEnd() {
        byte[] json =
                (SAY + ", \"subject\": \"a\u00c0\u008aBcc: eve@e.example\"}").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(json);
    }

    @Test
    void otherEncodingsCutShortAreRefused() {
        for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037")) {
            byte[] json = SampleRequest.FULL.strip().getBytes(Charset.forName(name));
            for (int length = 0; length < json.length; length += 7) {
                assertRefused(Arrays.copyOf(json, length));
            }
        }
    }

    @Test
    void aRequestCutShortAnywhereIsRefused() throws Exception {
        byte[] json = SampleRequest.FULL.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < json.length; length++) {
            assertRefused(Arrays.copyOf(json, length));
        }
        assertThat(SampleRequest.read(json)).isNotNull();
    }

    @Test
    void aRequestWithAnyOctetChangedIsReadOrRefused() throws Exception {
        byte[] json = SampleRequest.FULL.strip().getBytes(StandardCharsets.UTF_8);
        int[] octets = {0, '"', '{', ']', '\\', 0xff, 0xc3, '\n'};
        for (int at = 0; at < json.length; at++) {
            for (int octet : octets) {
                byte[] changed = json.clone();
                changed[at] = (byte) octet;
                readOrRefused(changed);
            }
        }
    }

    @Test
    void aFailureOfTheDiskIsNotARefusal() {
        PayloadSink full = number -> {
            throw new IOException("No space left on device");
        };
        assertThatThrownBy(() -> SampleRequest.read(SampleRequest.rule(), stream(SampleRequest.FULL), 9_999, full))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }

    private static void readOrRefused(byte[] json) throws IOException {
        try {
            assertThat(SampleRequest.read(json).recipients()).isNotEmpty();
        } catch (Refused refused) {
            HostileRequestTest.assertClear(refused);
        }
    }

    private static void assertRefused(byte[] json) {
        Refused refused = Objects.requireNonNull(
                catchThrowableOfType(Refused.class, () -> SampleRequest.read(json)), "it became mail");
        HostileRequestTest.assertClear(refused);
    }

    private static Refused refusal(String json) {
        Refused refused = Objects.requireNonNull(
                catchThrowableOfType(Refused.class, () -> SampleRequest.read(json)), "it became mail");
        HostileRequestTest.assertClear(refused);
        return refused;
    }

    private static String recipients(Ticket ticket) {
        return ticket.recipients().stream()
                .map(recipient -> recipient.address().toString())
                .toList()
                .toString();
    }

    private static SampleRequest.Kept kept() {
        return new SampleRequest.Kept();
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String attachments(int count) {
        return "{\"attachments\": ["
                + String.join(",", Collections.nCopies(count, "{\"name\": \"a\", \"content\": \"\"}")) + "]}";
    }

    private static String headers(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"X-" + number + "\": \"v\"")
                .collect(Collectors.joining(",", SAY + ", \"headers\": {", "}}"));
    }

    /** A request with one attachment of zeros, made up while it is read. */
    private static final class Generated extends InputStream {
        private static final byte[] HEAD =
                "{\"attachments\": [{\"name\": \"big.pdf\", \"content\": \"".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END = "==\"}]}".getBytes(StandardCharsets.US_ASCII);
        private final long base64;
        long given;

        Generated(long octets) {
            assertThat(octets % 3).as("so that it ends in ==").isEqualTo(1);
            this.base64 = octets / 3 * 4 + 2;
        }

        @Override
        public int read() {
            long at = given++;
            if (at < HEAD.length) {
                return HEAD[(int) at];
            }
            if (at - HEAD.length < base64) {
                return 'A';
            }
            long end = at - HEAD.length - base64;
            return end < END.length ? END[(int) end] : -1;
        }

        @Override
        public int read(byte[] block, int offset, int length) {
            for (int i = 0; i < length; i++) {
                int octet = read();
                if (octet < 0) {
                    return i == 0 ? -1 : i;
                }
                block[offset + i] = (byte) octet;
            }
            return length;
        }
    }

    /** Counts, and compares with what was given so far. */
    private static final class Watched extends OutputStream {
        private final Generated request;
        final AtomicLong count = new AtomicLong();
        long givenAtFirst = -1;
        long furthestBehind;

        Watched(Generated request) {
            this.request = request;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            givenAtFirst = givenAtFirst < 0 ? request.given : givenAtFirst;
            furthestBehind = Math.max(furthestBehind, request.given - count.addAndGet(length) / 3 * 4);
        }
    }
}
