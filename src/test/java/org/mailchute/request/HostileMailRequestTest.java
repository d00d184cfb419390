package org.mailchute.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;

@DisplayName("P7, P9: a hostile or broken mail request gets one clear reason")
class HostileMailRequestTest {
    private static final String WHOLE = """
            {"id": "r-1", "from": "sales@contoso.example", "fromName": "Sales", "to": ["a@x.example"],
             "subject": "Gr\u00fc\u00dfe", "text": "te\\nxt", "headers": {"X-Invoice": "4711"},
             "attachments": [{"name": "a.pdf", "content": "YWJjZGVm"}], "correlationId": "c-1"}""";

    private final RequestTexts requests = new RequestTexts();

    @Test
    void cutShortAnywhereARequestIsRefused() {
        byte[] whole = WHOLE.getBytes(UTF_8);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThat(catchThrowable(() -> requests.read(cut)))
                    .as("cut to %d octets", length)
                    .isInstanceOf(Refused.class)
                    .hasMessageMatching("line \\d+, column \\d+: .+");
        }
    }

    @Test
    void oneOctetAtATimeARequestReadsTheSame() throws Exception {
        Ticket dripped = new MailRequest(RequestTexts.RULE, "gateway.contoso.example", 1_000_000, RequestPlaces.NONE)
                .read(
                        new Dripping(WHOLE),
                        RequestTexts.ID,
                        "ID:7",
                        RequestTexts.NOON,
                        n -> new java.io.ByteArrayOutputStream());

        assertThat(dripped).isEqualTo(requests.read(WHOLE));
    }

    @Test
    void withAnyOctetChangedARequestIsReadOrRefusedButBreaksNothing() {
        Random chance = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = WHOLE.getBytes(UTF_8);
            changed[chance.nextInt(changed.length)] = (byte) chance.nextInt(256);

            Throwable fault = catchThrowable(() -> requests.read(changed));

            if (fault != null) {
                assertThat(fault).as(() -> HexFormat.of().formatHex(changed)).isInstanceOf(Refused.class);
                assertThat(((Refused) fault).reason()).doesNotContainPattern("\\p{Cntrl}");
                assertThat(((Refused) fault).remedy()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "from",
                "fromName",
                "to",
                "cc",
                "bcc",
                "replyTo",
                "subject",
                "correlationId",
                "headers",
                "name",
                "contentType"
            })
    void aLineEndOrControlInALineIsRefused(String key) {
        for (String hostile :
                List.of("\\r\\nBcc: all@x.example", "\\n", "\\r", "\\u0000", "\\u0085", "\\u2028", "\\t")) {
            String value = "\"a@x.example" + hostile + "b\"";
            String json = switch (key) {
                case "headers" -> "{\"headers\": {\"X-A\": " + value + "}}";
                case "name", "contentType" ->
                    "{\"attachments\": [{\"" + key + "\": " + value + ", \"content\": \"\"}]}";
                default -> "{\"" + key + "\": " + value + "}";
            };

            assertThatThrownBy(() -> requests.read(json))
                    .as("%s with %s", key, hostile)
                    .isInstanceOf(Refused.class)
                    .hasMessageMatching("line 1, column \\d+: .+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "a@",
                "@x.example",
                "a b@x.example",
                "<a@x.example>",
                "Anna <a@x.example>",
                "a@x.example,b@x.example",
                "a@x.example;b@x.example",
                "\\\"a b\\\"@x.example",
                "\\\"a\\\\\\\" b\\\"@x.example",
                "a@[127.0.0.1]",
                "a@x.example> SIZE=1",
                "a@-x.example",
                "\u00e4@x.example",
                "a@\u00e4.example",
                "a..b@x.example",
                "a%elsewhere.example@x.example",
                "elsewhere.example!a@x.example",
                "a@x..example"
            })
    void whatIsNotOnePlainAddressIsRefused(String address) {
        for (String key : List.of("from", "to", "cc", "bcc", "replyTo")) {
            assertThatThrownBy(() -> requests.read("{\"" + key + "\": \"" + address + "\"}"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("not a mail address");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"to\": 7}                                          | to is not a text",
                "{\"to\": null}                                       | to is not a text",
                "{\"to\": [[\"a@x.example\"]]}                        | to.0 is not a text",
                "{\"to\": {\"a\": 1}}                                 | to is not a text",
                "{\"subject\": true}                                  | subject is not a text",
                "{\"text\": [\"a\"]}                                  | text is not a text",
                "{\"headers\": []}                                    | headers is not an object",
                "{\"headers\": {\"X-A\": 7}}                          | headers.X-A is not a text",
                "{\"attachments\": {}}                                | attachments is not an array",
                "{\"attachments\": [\"a\"]}                           | attachments.0 is not an object",
                "{\"attachments\": [{\"name\": 7}]}                   | attachments.0.name is not a text",
                "{\"attachments\": [{\"name\":\"a\",\"content\":7}]}  | attachments.0.content is not a text",
                "{\"attachments\": [{\"name\":\"a\"}]}                | no name or no content",
                "{\"attachments\": [{\"content\":\"YQ==\"}]}          | no name or no content",
                "{\"attachments\": [{\"name\":\"a\",\"content\":\"Y\"}]}     | not base64",
                "{\"attachments\": [{\"name\":\"a\",\"content\":\"YQ\"}]}    | not base64",
                "{\"attachments\": [{\"name\":\"a\",\"content\":\"Y*==\"}]}  | not base64",
                "{\"attachments\": [{\"name\":\"a\",\"content\":\"-_8=\"}]}  | not base64",
                "{\"attachments\": [{\"name\":\"a\",\"path\":\"/etc/passwd\"}]} | there is no \"path\"",
                "{\"attachments\": [{\"name\":\"a\",\"contentType\":\"a\"}]}  | not type/subtype",
                "{\"attachments\": [{\"name\":\"a\",\"contentType\":\"a/b; c=d\"}]} | not type/subtype",
                "{\"headers\": {\"X-A\": \"1\", \"x-a\": \"2\"}}      | twice",
                "{\"subjct\": \"a\"}                                  | there is no \"subjct\"",
                "{\"Subject\": \"a\"}                                 | there is no \"Subject\"",
                "{\"text\": \"a\", \"text\": \"b\"}                   | Duplicate",
                "{\"text\": \"a\"} {}                                 | something follows",
                "{\"text\": \"a\"} ]                                  | not JSON",
                "{\"text\": \"a\",}                                   | not JSON",
                "{'text': 'a'}                                        | not JSON",
                "{text: \"a\"}                                        | not JSON",
                "{\"text\": \"a\" /* b */}                            | not JSON",
                "{\"text\": \"\\x\"}                                  | not JSON",
                "[]                                                   | the request is not an object",
                "\"text\"                                             | the request is not an object",
                "7                                                    | the request is not an object",
                "' null'                                              | the request is not an object",
                "nul                                                  | not JSON",
                "<mail/>                                              | not JSON",
            })
    void theReasonSaysWhatIsWrongAndWhere(String json, String reason) {
        assertThatThrownBy(() -> requests.read(json))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(reason)
                .hasMessageMatching("line 1, column \\d+: .+")
                .extracting(refused -> ((Refused) refused).remedy())
                .asString()
                .isNotBlank();
    }

    static Stream<Arguments> notUtf8() {
        String json = "{\"text\": \"Gr\u00fc\u00dfe \u6f22\"}";
        byte[] overlong = "{\"subject\": \"a??b\"}".getBytes(UTF_8);
        overlong[overlong.length - 5] = (byte) 0xC0;
        overlong[overlong.length - 4] = (byte) 0x8A;
        return Stream.of(
                Arguments.of("UTF-16 with a mark", json.getBytes(UTF_16)),
                Arguments.of("UTF-16LE", json.getBytes(Charset.forName("UTF-16LE"))),
                Arguments.of("UTF-16BE", json.getBytes(Charset.forName("UTF-16BE"))),
                Arguments.of("UTF-32", json.getBytes(Charset.forName("UTF-32"))),
                Arguments.of("UTF-32LE", json.getBytes(Charset.forName("UTF-32LE"))),
                Arguments.of(
                        "a mark of UTF-32 in an odd order", new byte[] {0, 0, (byte) 0xFF, (byte) 0xFE, 0, 0, 0, 65}),
                Arguments.of("Latin-1", "{\"text\": \"Gr\u00fc\u00dfe\"}".getBytes(ISO_8859_1)),
                Arguments.of("a line feed in two octets", overlong),
                Arguments.of("a surrogate of its own", new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}),
                Arguments.of("EBCDIC", json.getBytes(Charset.forName("IBM1047"))),
                Arguments.of("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notUtf8")
    void onlyUtf8IsRead(String charset, byte[] json) {
        assertThatThrownBy(() -> requests.read(json)).as(charset).isInstanceOf(Refused.class);
    }

    @Test
    void aDeepRequestIsRefusedBeforeItCostsAnything() {
        for (String open : List.of("[", "{\"headers\": ", "{\"a\": ")) {
            assertThatThrownBy(() -> requests.read(open.repeat(100_000))).isInstanceOf(Refused.class);
        }
        assertThatThrownBy(() -> requests.read("{\"to\": " + "[".repeat(1_000) + "]".repeat(1_000) + "}"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void limitsOfATextAndOfALineAreKept() throws Exception {
        assertThat(requests.read("{\"text\": \"" + "a".repeat(900_000) + "\"}").text())
                .hasSize(900_000);
        for (String key : List.of("id", "fromName", "subject", "correlationId")) {
            refusedFor("{\"" + key + "\": \"" + "a".repeat(2_000) + "\"}", "more than");
        }
        refusedFor("{\"attachments\": [{\"name\": \"" + "a".repeat(2_000) + "\"}]}", "more than");
        refusedFor("{\"" + "a".repeat(5_000) + "\": 1}", "too");
        assertThatThrownBy(() -> new MailRequest(RequestTexts.RULE, "g.example", 10_000_000, RequestPlaces.NONE)
                        .read(
                                new ByteArrayInputStream(
                                        ("{\"text\": \"" + "a".repeat(1_500_000) + "\"}").getBytes(UTF_8)),
                                RequestTexts.ID,
                                "n",
                                RequestTexts.NOON,
                                number -> new java.io.ByteArrayOutputStream()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("too long");
    }

    @Test
    void numbersOfRecipientsAttachmentsAndHeaderFieldsAreLimited() {
        refusedFor("{\"to\": [" + "\"a@x.example\",".repeat(20_000) + "\"a@x.example\"]}", "recipients");
        refusedFor(
                "{\"attachments\": ["
                        + "{\"name\": \"a\", \"content\": \"\"},".repeat(100)
                        + "{\"name\": \"a\", \"content\": \"\"}]}",
                "attachments");
        StringBuilder headers = new StringBuilder();
        for (int number = 0; number < 51; number++) {
            headers.append(number == 0 ? "" : ",").append("\"X-").append(number).append("\": \"a\"");
        }
        refusedFor("{\"headers\": {" + headers + "}}", "header fields");
    }

    @Test
    void manyUnknownKeysCostNoTime() {
        assertThatThrownBy(() -> requests.read("{" + "\"a\":1,".repeat(100_000) + "\"b\":1}"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void namesOfFilesAreNeverPaths() throws Exception {
        for (Map.Entry<String, String> name : Map.of(
                        "../../etc/passwd", "..",
                        "/etc/passwd", "/",
                        "C:\\\\Windows\\\\win.ini", ":")
                .entrySet()) {
            Ticket ticket =
                    requests.read("{\"attachments\": [{\"name\": \"" + name.getKey() + "\", \"content\": \"YQ==\"}]}");

            // the sink is asked by number, never by name; the composer shows the name harmless
            assertThat(ticket.payloads()).hasSize(1);
            assertThat(requests.contents.get(0)).hasToString("a");
            requests.contents.clear();
        }
    }

    private void refusedFor(String json, String reason) {
        assertThatThrownBy(() -> requests.read(json))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(reason);
    }

    /** Gives one octet at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        Dripping(String text) {
            super(text.getBytes(UTF_8));
        }

        @Override
        public synchronized int read(byte[] block, int offset, int length) {
            return super.read(block, offset, Math.min(1, length));
        }
    }
}
