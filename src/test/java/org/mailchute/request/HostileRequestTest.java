package org.mailchute.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.message.HeaderPolicy;
import org.mailchute.spool.Ticket;

/** P7: every hostile value in every place of a request ends as a clear refusal, or as a value that can do no harm. */
class HostileRequestTest {
    /** What no header field, log line or reason may hold. */
    private static final Pattern BREAKS_A_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029]");

    private static final Predicate<String> HARMLESS =
            BREAKS_A_LINE.asPredicate().negate();

    private static final List<String> LINES =
            List.of("/id", "/fromName", "/subject", "/correlationId", "/headers/X-A", "/attachments/0/name");
    private static final List<String> ADDRESSES = List.of("/from", "/to", "/cc", "/bcc", "/replyTo");

    private static final List<String> HOSTILE = List.of(
            "a\r\nBcc: evil@e.example",
            "a\nb",
            "a\rb",
            "a\u0000b",
            "a\tb",
            "a\u001b[2Jb",
            "a\u007fb",
            "a\u0085b",
            "a\u009bb",
            "a\u2028b",
            "a\u2029b",
            "a\ud800b",
            "a\udc00",
            "\r\n.\r\nMAIL FROM:<e@e.example>",
            "a\u202egpj.exe",
            "=?utf-8?B?DQpCY2M6IGV2aWw=?=",
            "../../etc/passwd",
            "C:\\windows\\system32\\x",
            "$(reboot)`reboot`",
            "${file}${jndi:ldap://e.example/x}",
            "\"; DROP TABLE mail; --",
            "<script>alert(1)</script>",
            "%s%n%99999d",
            "x".repeat(1_001),
            "x".repeat(100_000),
            "",
            " ",
            "\ufeff");

    private static final List<String> HOSTILE_ADDRESSES = List.of(
            "",
            "@",
            "a@",
            "@b.example",
            "a",
            "a@b@c.example",
            "\"a b\"@b.example",
            "\"a@c\"@b.example",
            "Bo <a@b.example>",
            "<a@b.example>",
            "a@b.example, c@d.example",
            "a@b.example;c@d.example",
            "a@b.example\r\nRCPT TO:<evil@e.example>",
            "a@b.example\u0000",
            "a@b.example\n",
            "a@b.example> SIZE=1",
            "a b@b.example",
            "a@b .example",
            "a@[127.0.0.1]",
            "a@b..example",
            "a@.example",
            "a@-b.example",
            ".a@b.example",
            "a..b@b.example",
            "ä@b.example",
            "a@bücher.example",
            "a@b.example\u2028",
            "a@b.example\u0085",
            "a\u202e@b.example",
            "a(comment)@b.example",
            "x".repeat(65) + "@b.example",
            "a@" + "b.".repeat(130) + "example",
            "a@" + "b".repeat(64) + ".example");

    static Stream<Arguments> lines() {
        return LINES.stream().flatMap(place -> HOSTILE.stream().map(value -> Arguments.of(place, value)));
    }

    static Stream<Arguments> addresses() {
        return ADDRESSES.stream().flatMap(place -> HOSTILE_ADDRESSES.stream().map(value -> Arguments.of(place, value)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("lines")
    void aLineIsRefusedOrHarmless(String place, String value) throws IOException {
        try {
            Ticket ticket = read(place, value);
            assertThat(texts(ticket)).allMatch(HARMLESS);
            assertThat(ticket.header().fromName().length()).isLessThanOrEqualTo(1_000);
            assertThat(new JsonMapper().writeValueAsBytes(texts(ticket))).isNotEmpty();
        } catch (Refused refused) {
            assertClear(refused);
            assertThat(refused.reason()).contains("line 1, column");
        }
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("addresses")
    void whatIsNoPlainAddressIsRefused(String place, String value) throws IOException {
        try {
            Ticket ticket = read(place, value);
            assertThat(ticket).as("became mail").isNull();
        } catch (Refused refused) {
            assertClear(refused);
            assertThat(refused.reason()).contains("line 1, column");
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void aNameOfAHeaderFieldIsRefusedOrHarmless(String name) throws IOException {
        try {
            Ticket ticket = read("/headers/" + name.replace("~", "~0").replace("/", "~1"), "value");
            everything().check(ticket);
            assertThat(ticket.header().extra().keySet()).allMatch(field -> field.matches("[!-9;-~]{1,76}"));
        } catch (Refused refused) {
            assertClear(refused);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void anUnknownKeyIsRefused(String key) throws IOException {
        try {
            assertThat(read("/" + key.replace("~", "~0").replace("/", "~1"), "value"))
                    .as("became mail")
                    .isNull();
        } catch (Refused refused) {
            assertClear(refused);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void aContentTypeIsOneOrRefused(String type) throws IOException {
        try {
            assertThat(read("/attachments/0/contentType", type))
                    .as("became mail")
                    .isNull();
        } catch (Refused refused) {
            assertClear(refused);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void aTextMayHoldAnyWholeCharacter(String text) throws IOException {
        try {
            assertThat(read("/text", text + ".").text()).isEqualTo(text + ".");
        } catch (Refused refused) {
            assertThat(refused.reason()).contains("lone surrogate) in text");
        }
    }

    @Test
    void aRefusalHasNoControlsWhateverIsQuotedInIt() {
        Refused refused = new Refused("a\r\nb\u0085c\u202ed\ud800e", "f\u2029g\u009bh");
        assertThat(refused.reason()).isEqualTo("a??b?c?d?e");
        assertThat(refused.remedy()).isEqualTo("f?g?h");
    }

    static Stream<String> hostile() {
        return HOSTILE.stream();
    }

    static void assertClear(Refused refused) {
        assertThat(refused.reason()).isNotBlank().matches(HARMLESS, "no controls");
        assertThat(refused.remedy()).isNotBlank().matches(HARMLESS, "no controls");
    }

    private static AcceptPolicy everything() {
        List<AddressPattern> all = List.of(new AddressPattern("*"));
        return new AcceptPolicy(all, all, 1_000, 1_000_000, new HeaderPolicy(List.of("*")));
    }

    private static List<String> texts(Ticket ticket) {
        Ticket.Header header = ticket.header();
        return Stream.of(
                        Stream.of(header.subject(), header.fromName()),
                        Stream.of(ticket.source().name(), ticket.source().correlationId()),
                        header.extra().values().stream(),
                        ticket.payloads().stream().map(Ticket.Payload::fileName))
                .flatMap(values -> values)
                .toList();
    }

    private static Ticket read(String place, String value) throws IOException, Refused {
        JsonMapper mapper = new JsonMapper();
        ObjectNode request = (ObjectNode) mapper.readTree(SampleRequest.FULL);
        int slash = place.startsWith("/headers/") ? 8 : place.startsWith("/attachments/0/") ? 14 : 0;
        ObjectNode parent = (ObjectNode) request.at(place.substring(0, slash));
        parent.put(place.substring(slash + 1).replace("~1", "/").replace("~0", "~"), value);
        return SampleRequest.read(ascii(mapper.writeValueAsString(request)));
    }

    /** As many applications write it, and the only way to put half a character in. */
    private static String ascii(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars()
                .forEach(unit -> escaped.append(unit < 0x7f ? Character.toString(unit) : "\\u%04x".formatted(unit)));
        return escaped.toString();
    }
}
