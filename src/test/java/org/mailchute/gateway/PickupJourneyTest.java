package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.At;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.MovableClock;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;

/** Pickup folders: whole messages as .NET, IIS and Exchange have them, through the real routes. */
class PickupJourneyTest {
    /** Files come by a rename, unless a test is about those that grow. */
    private static final String WHOLE = "stableFor: 0s";

    /** What .NET's SmtpClient writes: the envelope first, Bcc only there, no Message-ID. */
    private static final String NET_ENVELOPE = """
            X-Sender: app@contoso.example
            X-Receiver: anna@contoso.example
            X-Receiver: hidden@contoso.example
            """.replace("\n", "\r\n");

    private static final String NET_HEADER = """
            MIME-Version: 1.0
            From: app@contoso.example
            To: anna@contoso.example
            Date: 23 Nov 2026 10:00:00 +0000
            Subject: =?utf-8?B?R3LDvMOfZQ==?=
            Content-Type: multipart/mixed; boundary=--boundary_0
            """.replace("\n", "\r\n");

    /** Lines of dots in text and in an attachment that is not base64. */
    private static final String ATTACHED = ".hidden\r\n..two\r\n.\r\nend.\r\n";

    private static final String NET_BODY = """

            ----boundary_0
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: quoted-printable

            first
            .
            .net =3D dots

            ----boundary_0
            Content-Type: text/plain; name=dots.txt
            Content-Disposition: attachment

            """.replace("\n", "\r\n") + ATTACHED + "\r\n----boundary_0--\r\n";

    private static final String PLAIN =
            "From: app@contoso.example\r\nTo: anna@contoso.example\r\nSubject: x\r\n\r\nhello\r\n";

    @RegisterExtension
    static final Town town = new Town();

    @BeforeAll
    static void open() throws Exception {
        Scenario scenario = Scenario.standard()
                .withRule("lost", At.LOST, 1, "")
                .withRule("refused", At.END_OF_DATA, 1, "550 5.7.1 No");
        town.withScenario(scenario)
                .withAcceptOptions("maxSize: 20MB")
                .withLaneOfTheMailbox("rewriting", "messagesPerMinute: 0, sender: rewrite")
                .withRule("{from: app@contoso.example, domain: fabrikam.example, lane: rewriting}")
                .withLane("{name: plain, option: direct-send, host: localhost, port: %d, tls: none, messageSize: 30MB}"
                        .formatted(town.microsoft365().mxPort()))
                .withRule("{from: big@contoso.example, domain: contoso.example, lane: plain}")
                .withIntake("  pickup:\n" + intake("drop", WHOLE))
                .withIntake(intake("plain", WHOLE + ", dotStuffed: no"))
                .withIntake(intake("iis", WHOLE + ", dotStuffed: yes"))
                .withIntake(
                        intake("tidy", WHOLE + ", rejected: \"" + town.root().resolve("refused") + "\""))
                .withIntake(intake("few", WHOLE + ", maxRecipients: 2"))
                .start();
    }

    private static String intake(String name, String options) throws Exception {
        return intake(name, town.folder(name), options);
    }

    private static String intake(String name, Path folder, String options) {
        return "    - {name: %s, folder: \"%s\", poll: 100ms, senders: [\"*@contoso.example\"], %s}%n"
                .formatted(name, folder, options);
    }

    @AfterEach
    void tidy() throws Exception {
        town.forget();
        for (Path file : FilesIn.folder(town.folder("drop"))) {
            Files.delete(file);
        }
    }

    private void put(String name, String message) throws IOException {
        town.scan("drop", name, message);
    }

    private static void awaitEvent(Kind kind, Predicate<DeliveryEvent> which) {
        await(kind.toString()).until(() -> town.events(kind).stream().anyMatch(which));
    }

    private static String stuffed(String message) {
        return message.replaceAll("(?m)^\\.", "..");
    }

    private List<String> names(String folder) throws IOException {
        return FilesIn.folder(town.folder(folder)).stream()
                .map(file -> file.getFileName().toString())
                .sorted()
                .toList();
    }

    private static MimeMessage parsed(Received mail) throws Exception {
        try (InputStream in = Files.newInputStream(mail.file())) {
            return new MimeMessage(null, in);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void netsMessagesArriveOctetForOctetDotsDoubledOrNot(boolean doubled) throws Exception {
        String header = NET_HEADER.replace("10:00", doubled ? "11:00" : "10:00"); // else the same message
        String message = NET_ENVELOPE + header + NET_BODY;

        put("0b5c.eml", doubled ? stuffed(message) : message);

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.mailFrom()).isEqualTo("app@contoso.example");
        assertThat(mail.recipients()).containsExactly("anna@contoso.example", "hidden@contoso.example");
        String id = parsed(mail).getMessageID();
        awaitEvent(Kind.ACCEPTED, event -> event.messageId().equals(id));
        assertThat(Letters.text(mail)).isEqualTo(header + "Message-ID: " + id + "\r\n" + NET_BODY);
        MimeMultipart parts = (MimeMultipart) parsed(mail).getContent();
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo(ATTACHED);
        town.awaitEmptySpool();
        assertThat(names("drop")).isEmpty();
    }

    @Test
    void whatTheFolderSaysOfDotsIsDone() throws Exception {
        town.scan("plain", "no.eml", PLAIN + "..two\r\n");
        town.scan("iis", "yes.eml", PLAIN + ".one\r\n..two\r\n.\r\n");

        List<Received> mails = town.awaitReceived(2);
        assertThat(mails)
                .extracting(mail -> Letters.text(mail).replaceFirst("(?s).*hello\r\n", ""))
                .containsExactlyInAnyOrder("..two\r\n", "one\r\n.two\r\n.\r\n");
    }

    @Test
    void exchangesReplayFilesAreSentAsTheirEnvelopeSays() throws Exception {
        put("replay.eml", """
                X-Sender: <app@contoso.example> BODY=7bit RET=HDRS ENVID=12345abcd AUTH=<someAuth>
                X-Receiver: <anna@contoso.example> NOTIFY=NEVER ORCPT=rfc822;anna@contoso.example
                X-CreatedBy: MSExchange15
                X-EndOfInjectedXHeaders: 1400
                X-ExtendedMessageProps: {"a":1}
                X-HeloDomain: mail.fabrikam.example
                X-Source: SMTP:Default MBX1
                X-SourceIPAddress: 192.168.1.11
                X-MS-Exchange-Organization-SCL: -1
                Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0000
                Resent-From: other@contoso.example
                From: other@contoso.example
                To: everyone@contoso.example
                Bcc: hidden@contoso.example
                Subject: replayed

                text
                """);

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.mailFrom()).isEqualTo("app@contoso.example");
        assertThat(mail.recipients()).containsExactly("anna@contoso.example");
        assertThat(Letters.text(mail))
                .matches("From: other@contoso.example\r\nTo: everyone@contoso.example\r\nSubject: replayed\r\n"
                        + "Message-ID: <.*@gateway.contoso.example>\r\nDate: .*\r\nMIME-Version: 1.0\r\n\r\ntext\r\n");
    }

    @Test
    void withoutXHeadersToCcAndBccAreSentToAndBccIsNeverShown() throws Exception {
        String mailbox = PLAIN.replace("app@", "scanner@");
        put(
                "pickup.EML",
                mailbox.replace("Subject", "Cc: buyer@fabrikam.example\r\nBcc: hidden@contoso.example\r\nSubject"));

        List<Received> mails = town.awaitReceived(2);
        assertThat(mails)
                .extracting(Received::recipients)
                .containsExactlyInAnyOrder(
                        List.of("anna@contoso.example", "hidden@contoso.example"), List.of("buyer@fabrikam.example"));
        assertThat(mails).allSatisfy(mail -> assertThat(Letters.text(mail)).doesNotContain("hidden"));
        assertThat(Letters.text(mails.get(0))).isEqualTo(Letters.text(mails.get(1)));
        awaitEvent(
                Kind.RECEIVED,
                event -> event.recipients().contains("buyer@fabrikam.example")
                        && event.source().equals("pickup:drop"));
    }

    @Test
    void aFileWrittenInPlaceIsTakenWhenItIsWhole() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        try (Town alone = new Town().withClock(clock)) {
            Path drop = alone.folder("drop");
            alone.withIntake("  pickup:\n" + intake("drop", drop, "stableFor: 300ms"))
                    .start();
            try (OutputStream slow = Files.newOutputStream(drop.resolve("slow.eml"))) {
                for (String piece : (NET_ENVELOPE + NET_HEADER + NET_BODY).split("(?s)(?<=\\G.{120})")) {
                    slow.write(piece.getBytes(StandardCharsets.US_ASCII));
                    looked(alone);
                    clock.move(Duration.ofMillis(200));
                }
                assertThat(alone.received()).isEmpty();
            }
            looked(alone);
            clock.move(Duration.ofMillis(300));

            assertThat(Letters.text(alone.awaitReceived(1).get(0))).endsWith(NET_BODY);
            assertThat(alone.received()).hasSize(1);
        }
    }

    /** The folder was looked at since: a link is refused at the first look, however short it has stood there. */
    private static void looked(Town alone) throws IOException {
        int before = alone.events(Kind.REFUSED).size();
        Files.createSymbolicLink(
                alone.folder("drop").resolve("link" + before + ".eml"),
                alone.root().resolve("mailchute.yaml"));
        await("a look").until(() -> alone.events(Kind.REFUSED).size() > before);
    }

    @Test
    void nothingElseInTheFolderIsTouched() throws Exception {
        List<String> others = List.of("a.tmp", "b.part", "c.bad", "d.eml.tmp", "e.txt", ".f.eml", "~$g.eml");
        for (String name : others) {
            Files.writeString(town.folder("drop").resolve(name), PLAIN);
        }
        Files.createDirectories(town.folder("drop").resolve("folder.eml"));
        Files.writeString(town.folder("drop").resolve("folder.eml").resolve("inside.eml"), PLAIN);

        put("real.eml", PLAIN);

        town.awaitReceived(1);
        town.awaitEmptySpool();
        assertThat(names("drop")).containsAll(others).contains("inside.eml").hasSize(others.size() + 1);
    }

    @Test
    void aBadFileStaysAsBadWithItsReasonBesideIt() throws Exception {
        put("x.eml", PLAIN.replace("app@contoso.example", "ceo@evil.example"));
        await().until(() -> names("drop").contains("x.bad"));
        put("x.eml", "no header\r\n\r\n");
        await().until(() -> names("drop").contains("x-1.bad"));

        assertThat(names("drop")).containsExactly("x-1.bad", "x-1.bad.txt", "x.bad", "x.bad.txt");
        Path drop = town.folder("drop");
        assertThat(drop.resolve("x.bad")).hasContent(PLAIN.replace("app@contoso.example", "ceo@evil.example"));
        assertThat(drop.resolve("x.bad.txt"))
                .content()
                .contains("ceo@evil.example may not send by intake drop", "remedy   add it to senders of the intake");
        assertThat(drop.resolve("x-1.bad.txt"))
                .content()
                .contains("line 1 of the header is no header field: \"no header\"");
        awaitEvent(Kind.REFUSED, event -> event.reason().contains("ceo@evil.example"));
        town.awaitEmptySpool();
        put("x.eml", Files.readString(drop.resolve("x.bad")).replace("ceo@evil.example", "app@contoso.example"));
        assertThat(town.awaitReceived(1)).as("mended and put back").hasSize(1);
    }

    @Test
    void orInAFolderOfItsOwn() throws Exception {
        town.scan("tidy", "x.eml", "");
        town.scan("tidy", "y.eml", "nothing");

        await().until(() -> names("refused").equals(List.of("y.eml", "y.eml.reason.txt")));
        assertThat(names("tidy")).as("an empty file may still be written").containsExactly("x.eml");
    }

    @Test
    void moreRecipientsThanTheFolderTakesAreRefused() throws Exception {
        town.scan("few", "two.eml", PLAIN.replace("To:", "Cc: x@contoso.example\r\nTo:"));
        town.scan("few", "three.eml", PLAIN.replace("To:", "Cc: x@contoso.example, y@contoso.example\r\nTo:"));

        town.awaitReceived(1);
        await().until(() -> names("few").contains("three.bad")); // is there after its reason
        assertThat(town.folder("few").resolve("three.bad.txt")).content().contains("3 recipients, intake few takes 2");
    }

    @Test
    void aFileThatIsCopiedBackOrLeftByACrashIsNotSentAgain() throws Exception {
        String message = PLAIN.replace("Subject", "Message-ID: <1@app>\r\nSubject");
        put("a.eml", message);
        town.awaitReceived(1);
        town.awaitEmptySpool();

        put("copied back.eml", message);
        await().until(() -> names("drop").isEmpty());
        town.awaitEmptySpool();
        town.stop();
        Files.writeString(town.home().resolve("incoming/drop").resolve("0123456789ABCDEF~a.eml"), message);
        town.start();
        town.awaitEmptySpool();
        put("other.eml", message.replace("hello", "another one under the same id"));

        assertThat(town.awaitReceived(2)).hasSize(2);
        assertThat(Letters.text(town.received().get(1))).contains("another one");
    }

    @Test
    void aRepeatedAlarmWithoutIdAndDateIsSentEachTime() throws Exception {
        put("a.eml", PLAIN);
        put("b.eml", PLAIN);

        town.awaitReceived(2);
    }

    @Test
    void everyAttemptSendsTheSameOctets() throws Exception {
        put("a.eml", PLAIN.replace("anna@", "lost@") + "Größe\r\n");

        List<Received> mails = town.awaitReceived(2);
        assertThat(Letters.text(mails.get(0))).isEqualTo(Letters.text(mails.get(1)));
        town.awaitEmptySpool();
    }

    @Test
    void aLaneThatRewritesTheSenderDoesSoHereToo() throws Exception {
        put(
                "a.eml",
                PLAIN.replace("To: anna@contoso.example", "To: buyer@fabrikam.example")
                        .replace("app@contoso.example", "=?utf-8?q?Caf=C3=A9?= <app@contoso.example>"));

        Received mail = town.awaitReceived(1).get(0);
        assertThat(mail.mailFrom()).isEqualTo("scanner@contoso.example");
        assertThat(Letters.text(mail))
                .contains(
                        "From: =?UTF-8?B?Q2Fmw6k=?= <scanner@contoso.example>\r\n",
                        "Reply-To: =?utf-8?q?Caf=C3=A9?= <app@contoso.example>\r\n")
                .endsWith("\r\n\r\nhello\r\n");
    }

    @Test
    void whatMicrosoftRefusesIsADeadLetterThatCanBeSentAgain() throws Exception {
        put("a.eml", PLAIN.replace("anna@", "refused@"));
        DeliveryEvent dead = town.awaitEvent(Kind.DEAD);
        assertThat(town.command("dead", "show", dead.queueId()).out())
                .contains("refused@contoso.example", "550 5.7.1 No");

        assertThat(town.command("dead", "replay", dead.queueId()).exitCode()).isZero();

        assertThat(Letters.text(town.awaitReceived(1).get(0))).endsWith("\r\n\r\nhello\r\n");
        town.awaitEmptySpool();
    }

    @Test
    void aLargeMessageLosesNothingButItsDoubledDots() throws Exception {
        // without TLS, which takes longer than all else; SmallHeapIT shows that what is larger than the heap needs no
        // more memory
        Path big = town.folder("elsewhere").resolve("big.eml");
        byte[] line = ("..".repeat(38) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(big))) {
            out.write(PLAIN.replace("app@", "big@").getBytes(StandardCharsets.US_ASCII));
            for (long written = 0; written < 5_000_000; written += line.length) {
                out.write(line);
            }
        }
        long size = Files.size(big);
        Files.move(big, town.folder("drop").resolve("big.eml"));

        Received mail = town.awaitReceived(1).get(0);
        long lines = (size - PLAIN.length()) / line.length;
        assertThat(Files.size(mail.file())).isBetween(size - lines, size - lines + 300);
        town.awaitEmptySpool();
    }

    @Test
    void manyAtOnceAllArrive() throws Exception {
        for (int number = 0; number < 60; number++) {
            put(number + ".eml", PLAIN.replace("hello", "number " + number));
        }

        List<Received> mails = town.awaitReceived(60);
        assertThat(mails.stream()
                        .map(mail -> Letters.text(mail)
                                .replaceFirst("(?s).*number ", "")
                                .strip())
                        .map(Integer::valueOf)
                        .sorted(Comparator.naturalOrder()))
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.range(0, 60).boxed().toList());
    }
}
