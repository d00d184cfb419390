package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.intake.Refused;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema and the reader are one contract: what one takes the other takes, as far as a schema can tell. */
class RequestContractTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchema SCHEMA = schema();

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // set before each test
    private RequestFolders folders;

    @BeforeEach
    void open() throws IOException {
        folders = new RequestFolders(root);
    }

    private static JsonSchema schema() {
        try (InputStream file = MailRequest.class.getResourceAsStream("mail-request.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<String> accepted() {
        return Stream.of(
                SampleRequest.FULL,
                say(""),
                say("'version': 1"),
                say("'id': 'order 4711'"),
                say("'fromName': 'J\u00fcrgen \ud83d\ude00'"),
                say("'to': 'a@x.example'"),
                say("'to': ['a@x.example', 'b@x.example'], 'cc': [], 'bcc': 'c@x.example'"),
                say("'from': 'o`brien+x@sub.x-y.example'"),
                say("'from': ' a@x.example '"),
                say("'replyTo': 'a@x'"),
                say("'subject': ''"),
                say("'html': '<p>\\n</p>'"),
                say("'headers': {}"),
                say("'headers': {'X-Invoice': '4711', 'X-B': ''}"),
                say("'attachments': []"),
                say("'attachments': [{'name': 'a.pdf', 'content': 'YWJj'}]"),
                say("'attachments': [{'name': 'a', 'contentType': 'image/svg+xml', 'content': ''}]"),
                say("'attachments': [{'reference': '2026/invoice.pdf'}]"),
                say("'attachments': [{'reference': '2026/invoice.pdf', 'name': 'Rechnung.pdf'}]"),
                say("'attachments': [{'name': 'a', 'content': 'aGVsbG8=', 'sha256':"
                        + " '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'}]"),
                say("'attachments': [{'name': 'a', 'body': true}]"),
                say("'priority': 'high'"),
                say("'priority': 'bulk'"),
                say("'notBefore': '2026-11-23T13:00:00Z'"),
                say("'notBefore': '2020-01-01T00:00:00Z'"),
                say("'notBefore': '2026-11-30T08:00:00.123456789+01:00', 'expires': '2026-12-01T00:00:00-05:30'"),
                say("'expires': '9999-12-31T23:59:59Z'"),
                say("'senderPolicy': 'own'"),
                say("'senderPolicy': 'send-as'"),
                say("'senderPolicy': 'rewrite'"),
                say("'correlationId': 'c'"),
                say("'fields': {}"),
                json("{'template': 'plain'}"),
                json("{'template': 'plain', 'subject': 'S'}"),
                json("{'template': 'reminder', 'fields': {'name': 'B & Co', 'number': 4711, 'x.y-z_1': true}}"),
                json("{'template': 'plain', 'fields': {'f': 1.5e300, 'g': -0, 'h': ''}}"));
    }

    static Stream<String> refused() {
        return Stream.of(
                "[]",
                "7",
                "\"text\"",
                "null",
                say("'version': 2"),
                say("'version': '1'"),
                say("'version': null"),
                say("'from': null"),
                say("'from': ''"),
                say("'from': 'a'"),
                say("'from': 'a@b c.example'"),
                say("'from': 'a@b@c.example'"),
                say("'from': 'a@-b.example'"),
                say("'from': 'a@b..example'"),
                say("'from': '.a@b.example'"),
                say("'from': 'a@[127.0.0.1]'"),
                say("'from': 'Bo <a@b.example>'"),
                say("'from': 'k\u00e4se@b.example'"),
                say("'from': '" + "x".repeat(65) + "@b.example'"),
                say("'from': 'a@" + "x".repeat(64) + ".example'"),
                say("'from': ['a@b.example']"),
                say("'to': {}"),
                say("'to': [7]"),
                say("'to': [['a@b.example']]"),
                say("'to': ['a@b.example', '']"),
                say("'cc': 7"),
                say("'bcc': true"),
                say("'replyTo': []"),
                say("'id': 7"),
                say("'id': 'a\\nb'"),
                say("'id': '" + "x".repeat(999) + "'"),
                say("'fromName': 'a\\u0085b'"),
                say("'subject': 'a\\r\\nBcc: b@c.example'"),
                say("'subject': 'a\\u2028b'"),
                say("'subject': null"),
                say("'correlationId': 'a\\u0000'"),
                say("'text2': 'x'"),
                say("'Text': 'x'"),
                json("{'text': ['x']}"),
                json("{'text': 7}"),
                json("{'html': {}}"),
                say("'headers': []"),
                say("'headers': {'X-A': 7}"),
                say("'headers': {'X-A': null}"),
                say("'headers': {'X-A': 'a\\nb'}"),
                say("'headers': {'X A': 'a'}"),
                say("'headers': {'X-A:': 'a'}"),
                say("'headers': {'X-A\\r\\nBcc': 'a'}"),
                say("'headers': {'': 'a'}"),
                say("'headers': {'X-\u00e4': 'a'}"),
                say("'headers': {'X-A': {'B': 'c'}}"),
                say("'headers': {'X-" + "x".repeat(75) + "': 'a'}"),
                say("'attachments': {}"),
                say("'attachments': ['a']"),
                say("'attachments': [{}]"),
                say("'attachments': [{'name': 'a'}]"),
                say("'attachments': [{'content': ''}]"),
                say("'attachments': [{'name': 'a', 'content': 7}]"),
                say("'attachments': [{'name': 'a', 'content': '', 'reference': '2026/invoice.pdf'}]"),
                say("'attachments': [{'name': 'a', 'content': '', 'file': 'x'}]"),
                say("'attachments': [{'name': 'a\\tb', 'content': ''}]"),
                say("'attachments': [{'name': 'a', 'content': '', 'contentType': 'pdf'}]"),
                say("'attachments': [{'name': 'a', 'content': '', 'contentType': 'a/b; name=c'}]"),
                say("'attachments': [{'name': 'a', 'content': '', 'contentType': 'a/b\\r\\nX: y'}]"),
                say("'attachments': [{'name': 'a', 'content': '', 'sha256': 'abc'}]"),
                say("'attachments': [{'reference': ''}]"),
                say("'attachments': [{'reference': '../secret.txt'}]"),
                say("'attachments': [{'reference': '2026/../../secret.txt'}]"),
                say("'attachments': [{'reference': '/etc/passwd'}]"),
                say("'attachments': [{'reference': '2026//invoice.pdf'}]"),
                say("'attachments': [{'reference': './2026/invoice.pdf'}]"),
                say("'attachments': [{'reference': '2026/'}]"),
                say("'attachments': [{'reference': '..'}]"),
                say("'attachments': [{'reference': '2026\\\\invoice.pdf'}]"),
                say("'attachments': [{'reference': 'C:secret.txt'}]"),
                say("'attachments': [{'reference': '2026/invoice.pdf\\u0000.txt'}]"),
                say("'attachments': [{'reference': 7}]"),
                say("'attachments': [{'body': true}]"),
                say("'attachments': [{'name': 'a', 'body': false}]"),
                say("'attachments': [{'name': 'a', 'body': true, 'content': ''}]"),
                say("'attachments': [{'name': 'a', 'body': true, 'reference': '2026/invoice.pdf'}]"),
                say("'priority': 'urgent'"),
                say("'priority': 'HIGH'"),
                say("'priority': 8"),
                say("'senderPolicy': 'any'"),
                say("'senderPolicy': 'send_as'"),
                say("'notBefore': 1764000000000"),
                say("'notBefore': 'tomorrow'"),
                say("'notBefore': '2026-11-23'"),
                say("'notBefore': '2026-11-23T13:00:00'"),
                say("'notBefore': '2026-11-23 13:00:00Z'"),
                say("'notBefore': '+12026-11-23T13:00:00Z'"),
                say("'expires': '2026-11-23T13:00Z'"),
                say("'expires': ''"),
                say("'template': 'plain'"),
                json("{'html': 'x', 'template': 'plain'}"),
                json("{'template': '../templates/plain'}"),
                json("{'template': 'plain.txt'}"),
                json("{'template': '/etc/passwd'}"),
                json("{'template': ''}"),
                json("{'template': 'plain', 'fields': []}"),
                json("{'template': 'plain', 'fields': {'a': null}}"),
                json("{'template': 'plain', 'fields': {'a': {'b': 'c'}}}"),
                json("{'template': 'plain', 'fields': {'a': ['b']}}"),
                json("{'template': 'plain', 'fields': {'1a': 'b'}}"),
                json("{'template': 'plain', 'fields': {'': 'b'}}"),
                json("{'template': 'plain', 'fields': {'a b': 'c'}}"),
                say("'fields': {'a': 'b'}"),
                say("'headers': " + many(51, "'X-%d': ''")),
                json("{'template': 'plain', 'fields': " + many(201, "'f%d': ''") + "}"),
                say("'attachments': [" + "{},".repeat(100) + "{}]"));
    }

    /** What a schema cannot say: each with a word of the reason the reader gives. */
    static Stream<Arguments> refusedByTheReaderAlone() {
        return Stream.of(
                Arguments.of(say("'id': 'a', 'id': 'b'"), "Duplicate"),
                Arguments.of(say("'subject': 'a\\ud800b'"), "surrogate"),
                Arguments.of(json("{'template': 'plain', 'fields': {'a': 'a\\udc00'}}"), "surrogate"),
                Arguments.of(json("{'template': 'none'}"), "no template"),
                Arguments.of(json("{'template': 'reminder', 'fields': {'name': 'B'}}"), "wants ${number}"),
                Arguments.of(say("'headers': {'X-A': '', 'x-a': ''}"), "twice"),
                Arguments.of(say("'attachments': [{'name': 'a', 'content': '?'}]"), "base64"),
                Arguments.of(say("'attachments': [{'reference': '2026/none.pdf'}]"), "no plain file"),
                Arguments.of(say("'attachments': [{'reference': '2026'}]"), "no plain file"),
                Arguments.of(
                        say("'attachments': [{'name': 'a', 'content': '', 'sha256': '" + "0".repeat(64) + "'}]"),
                        "SHA-256"),
                Arguments.of(say("'expires': '2026-11-23T11:59:59Z'"), "expired"),
                Arguments.of(say("'notBefore': '2026-11-24T00:00:00Z', 'expires': '2026-11-23T13:00:00Z'"), "expired"),
                Arguments.of(say("'notBefore': '9999-12-31T23:59:59Z'"), "a year"),
                Arguments.of(say("'notBefore': '2026-02-30T00:00:00Z'"), "calendar"),
                Arguments.of(say("'notBefore': '2026-11-23T24:00:01Z'"), "calendar"),
                Arguments.of(say("'notBefore': '2026-11-23T12:00:00+19:00'"), "calendar"),
                Arguments.of("{}", "nothing to say"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatTheReaderTakesTheSchemaTakes(String json) throws Exception {
        assertThat(SCHEMA.validate(JSON.readTree(json))).isEmpty();
        assertThat(folders.read(json)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheSchemaRefusesTheReaderRefuses(String json) throws Exception {
        assertThat(SCHEMA.validate(JSON.readTree(json))).isNotEmpty();
        assertThat(refusal(json)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("refusedByTheReaderAlone")
    void whatNoSchemaCanSayTheReaderRefusesWithAReason(String json, String word) throws Exception {
        assertThat(SCHEMA.validate(JSON.readTree(json))).isEmpty();
        assertThat(refusal(json)).hasMessageContaining(word);
    }

    /** Else a key could be read one way and described another. */
    @Test
    void everyKeyIsJudgedAcceptedAndRefusedByBoth() {
        String taken = String.join("", accepted().toList());
        String left = String.join("", refused().toList());
        List<String> keys = new ArrayList<>(MailRequest.KEYS);
        keys.addAll(MailRequest.ATTACHMENT_KEYS);

        assertThat(keys).allSatisfy(key -> assertThat(taken).contains("\"" + key + "\":"));
        assertThat(keys).allSatisfy(key -> assertThat(left).contains("\"" + key + "\":"));
    }

    @Test
    void everyKeyIsDescribed() {
        JsonNode properties = SCHEMA.getSchemaNode().get("properties");
        assertThat(properties.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(MailRequest.KEYS)
                .allSatisfy(key -> assertThat(properties.get(key).has("description")
                                || properties.get(key).has("items")
                                || key.equals("cc"))
                        .isTrue());
    }

    /** The AsyncAPI document tells of these two contracts, where they are, and of the properties that are read. */
    @Test
    void theAsyncApiDocumentNamesWhatIsThere() throws Exception {
        Path folder = Path.of("src/main/resources/org/mailchute/request");
        String text = Files.readString(folder.resolve("asyncapi.yaml"));
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("asyncapi", "3.0.0")
                .containsKeys("info", "channels", "operations", "components");
        List<String> files = Pattern.compile("\\$ref: '(\\.[^']+)'")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(files)
                .hasSize(3)
                .allSatisfy(file -> assertThat(folder.resolve(file)).isRegularFile());
    }

    private Refused refusal(String json) throws IOException {
        try {
            throw new AssertionError("read: " + folders.read(json));
        } catch (Refused refused) {
            return refused;
        }
    }

    /** A request with a text, and this. */
    private static String say(String more) {
        return json(more.isEmpty() ? "{'text': 'x'}" : "{'text': 'x', " + more + "}");
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static String many(int count, String form) {
        StringBuilder all = new StringBuilder("{");
        for (int number = 0; number < count; number++) {
            all.append(number == 0 ? "" : ", ").append(form.formatted(number));
        }
        return all.append("}").toString();
    }
}
