package org.mailchute.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.SecretText;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.smtpserver.Lines;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;

/** What a device hears, command by command, over real sockets. */
class ListenerServerTest {
    @TempDir
    Path home;

    private static final Duration GUESS = Duration.ofMillis(200);

    private final Plans plans = new Plans();
    private final Inbox inbox = new Inbox();
    private Optional<ListenerServer> server = Optional.empty();

    private int start() throws Exception {
        server = Optional.of(plans.start(inbox));
        return server.get().port();
    }

    private int start(Clock clock) throws Exception {
        server = Optional.of(plans.start(inbox, clock));
        return server.get().port();
    }

    @AfterEach
    void close() {
        server.ifPresent(ListenerServer::close);
    }

    private Device ready() throws Exception {
        return Device.ready(server.isPresent() ? server.get().port() : start());
    }

    private String mail(Device device, String command) throws IOException {
        device.says("RSET");
        return device.says(command);
    }

    @Test
    void aMessageIsHandedOverAsItWasSentWithTheEnvelope() throws Exception {
        try (Device device = ready()) {
            assertThat(device.sends("Subject: x\r\n\r\nline\r\n..dot"))
                    .isEqualTo("250 2.0.0 Queued as 0000000000000001");
            assertThat(device.says("QUIT")).startsWith("221");
            assertThat(device.reply()).isEmpty();
        }
        Inbox.Taken taken = inbox.taken.get(0);
        assertThat(taken.content()).isEqualTo("Subject: x\r\n\r\nline\r\n.dot\r\n");
        assertThat(taken.envelope().reversePath()).hasToString("copier@contoso.example");
        assertThat(taken.envelope().forwardPaths()).containsExactly(ForwardPath.parse("anna@contoso.example"));
        assertThat(taken.device()).isEqualTo("127.0.0.1 copier");
    }

    @Test
    void whatIsRefusedIsCountedByReason() throws Exception {
        plans.logins = Plans.LOGINS;
        plans.loginWithoutTls = true;
        plans.loginDelay = Duration.ZERO;
        plans.bytes = 100;
        plans.perAddress = 1;
        try (Device device = ready();
                Device second = Device.at(server.orElseThrow().port())) {
            assertThat(second.reply()).startsWith("421 4.7.0 Too many connections");
            assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("530");
            assertThat(device.says("AUTH PLAIN AGNvcGllcgB3cm9uZw==")).startsWith("535");
            assertThat(device.says("AUTH PLAIN AGNvcGllcgBwYXNzIHdvcmQ=")).startsWith("235");
            assertThat(device.says("WHAT")).startsWith("500");
            assertThat(device.says("MAIL FROM:<a@elsewhere.example>")).startsWith("550");
            assertThat(device.says("MAIL FROM:<a@contoso.example> SIZE=101")).startsWith("552");
            assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("250");
            assertThat(device.says("RCPT TO:<b@elsewhere.example>")).startsWith("550");
            device.says("RSET");
            assertThat(device.sends("x".repeat(200))).startsWith("552");
            inbox.room = 0;
            device.says("MAIL FROM:<a@contoso.example>");
            device.says("RCPT TO:<b@contoso.example>");
            assertThat(device.says("DATA")).startsWith("452");
        }
        close();
        plans.networks = List.of(Network.parse("10.0.0.0/8"));
        try (Device stranger = Device.at(start())) {
            assertThat(stranger.reply()).startsWith("554");
        }
        assertThat(plans.meters.find("mailchute.smtp.refusals").counters().stream()
                        .collect(Collectors.toMap(
                                counter -> counter.getId().getTag("reason"), counter -> (int) counter.count())))
                .isEqualTo(Map.of(
                        "network",
                        1,
                        "login",
                        2,
                        "tls",
                        0,
                        "sender",
                        1,
                        "recipient",
                        1,
                        "size",
                        2,
                        "command",
                        1,
                        "connections",
                        1,
                        "later",
                        1));
    }

    @Test
    void whatIsOfferedIsWhatIsKept() throws Exception {
        try (Device device = Device.at(start())) {
            assertThat(device.reply()).startsWith("220 gateway.contoso.example ESMTP");
            assertThat(device.says("EHLO x"))
                    .contains("250-SIZE 10000", "250-PIPELINING", "250-8BITMIME", "250 ENHANCEDSTATUSCODES")
                    .doesNotContain("SMTPUTF8", "STARTTLS", "AUTH", "CHUNKING");
        }
    }

    @Test
    void commandsComeOctetByOctetToo() throws Exception {
        try (Device device = Device.at(start())) {
            device.reply();
            for (char letter : "EHLO x\r\nMAIL FROM:<a@contoso.example>\r\n".toCharArray()) {
                device.raw(String.valueOf(letter));
            }
            assertThat(device.reply()).startsWith("250-");
            assertThat(device.reply()).startsWith("250 2.1.0");
        }
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() throws Exception {
        try (Device device = ready()) {
            device.raw(
                    "MAIL FROM:<a@contoso.example>\r\nRCPT TO:<b@contoso.example>\r\nRCPT TO:<c@elsewhere.example>\r\nDATA\r\n");
            assertThat(device.reply()).startsWith("250 2.1.0");
            assertThat(device.reply()).startsWith("250 2.1.5");
            assertThat(device.reply()).isEqualTo("550 5.7.1 c@elsewhere.example gets no mail");
            assertThat(device.reply()).startsWith("354");
            device.raw("x\r\n.\r\nNOOP\r\n");
            assertThat(device.reply()).startsWith("250 2.0.0 Queued");
            assertThat(device.reply()).startsWith("250 2.0.0 Ok");
        }
        assertThat(inbox.taken.get(0).envelope().forwardPaths()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELO",
                "HELO ",
                "helo copier",
                "EHLO",
                "EHLO [10.0.0.7]",
                "EHLO 10.0.0.7",
                "EHLO my_scanner",
                "EHLO Büro 2",
                "  EHLO x  "
            })
    void anyNameInHeloWillDo(String hello) throws Exception {
        try (Device device = Device.at(start())) {
            device.reply();
            assertThat(device.says(hello)).startsWith("250");
            assertThat(device.sends("x")).startsWith("250");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<a@contoso.example>",
                "MAIL FROM: <a@contoso.example>",
                "mail from:<a@contoso.example>",
                "MAIL FROM:a@contoso.example",
                "MAIL FROM: a@contoso.example",
                "MAIL FROM : <a@contoso.example>",
                "MAIL  FROM:<a@contoso.example> SIZE=100",
                "MAIL FROM:<a@contoso.example> size=100 body=8bitmime",
                "MAIL FROM:a@contoso.example SIZE=10000",
                "MAIL FROM:<a@contoso.example> AUTH=<>",
                "MAIL FROM:<a@CONTOSO.example> "
            })
    void sendersAsScannersWriteThemAreTaken(String command) throws Exception {
        try (Device device = ready()) {
            assertThat(device.says(command)).startsWith("250");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAIL FROM:<a@contoso.example> SIZE=10001 | 552 5.3.4
            MAIL FROM:<a@contoso.example> SIZE=99999999999999999999 | 552 5.3.4
            MAIL FROM:<a@contoso.example> SIZE=-1 | 555
            MAIL FROM:<a@contoso.example> SMTPUTF8 | 555
            MAIL FROM:<a@contoso.example> BODY=BINARYMIME | 555
            MAIL FROM:<a@contoso.example> RET=FULL | 555
            MAIL FROM:<a@elsewhere.example> | 550 5.7.1
            MAIL FROM:<> | 550 5.7.1
            MAIL FROM:<@relay.example:a@contoso.example> | 553 5.1.7
            MAIL FROM:<a%elsewhere.example@contoso.example> | 553 5.1.7
            MAIL FROM:<elsewhere.example!a@contoso.example> | 553 5.1.7
            MAIL FROM:<scanner> | 553 5.1.7
            MAIL FROM:<a@contoso.example><b@contoso.example> | 553 5.1.7
            MAIL FROM:<a@contoso.example>b@contoso.example | 553 5.1.7
            MAIL FROM:<<a@contoso.example>> | 553 5.1.7
            MAIL FROM:<a@contoso.example | 553 5.1.7
            MAIL FROM:<"a b"@contoso.example> | 553 5.1.7
            MAIL FROM:<a@[10.0.0.1]> | 553 5.1.7
            MAIL FROM:<a@contoso.example@elsewhere.example> | 553 5.1.7
            MAIL FROM:<ä@contoso.example> | 553 5.6.7
            MAIL FROM:<a@contoso.example,b@contoso.example> | 553 5.1.7
            MAIL FROM:<a@-contoso.example> | 553 5.1.7
            MAIL FROM:<a@contoso..example> | 553 5.1.7
            MAIL TO:<a@contoso.example> | 501
            MAIL | 501
            MAIL FROM | 501
            MAILFROM:<a@contoso.example> | 500
            VRFY anna | 502
            EXPN all | 502
            BDAT 10 LAST | 502
            ETRN contoso.example | 502
            XCLIENT ADDR=127.0.0.1 | 500
            PROXY TCP4 10.0.0.1 10.0.0.2 1 2 | 500
            AUTH PLAIN AGEAYg== | 502
            STARTTLS | 502
            DATA | 503
            RCPT TO:<a@contoso.example> | 503
            ; | 500
            """)
    void hostileAndWrongCommandsAreRefusedAndTheSessionGoesOn(String command, String reply) throws Exception {
        try (Device device = ready()) {
            assertThat(device.says(command)).startsWith(reply).hasSizeLessThan(510);
            assertThat(device.sends("x")).startsWith("250");
        }
        assertThat(inbox.taken).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT TO:<a@elsewhere.example> | 550 5.7.1
            RCPT TO:<@contoso.example:a@elsewhere.example> | 553 5.1.3
            RCPT TO:<a%elsewhere.example@contoso.example> | 553 5.1.3
            RCPT TO:<elsewhere.example!a@contoso.example> | 553 5.1.3
            RCPT TO:<"a@elsewhere.example"@contoso.example> | 553 5.1.3
            RCPT TO:<a@elsewhere.example@contoso.example> | 553 5.1.3
            RCPT TO:<> | 553 5.1.3
            RCPT TO: | 553 5.1.3
            RCPT TO:<postmaster> | 553 5.1.3
            RCPT TO:<a@contoso.example> NOTIFY=NEVER | 555
            RCPT TO:<a@contoso.example>,<b@elsewhere.example> | 553 5.1.3
            RCPT TO:<a@contoso.example b@elsewhere.example> | 553 5.1.3
            RCPT FROM:<a@contoso.example> | 501
            MAIL FROM:<a@contoso.example> | 503
            AUTH LOGIN | 502
            DATA | 554
            """)
    void noHostileRecipientGetsThrough(String command, String reply) throws Exception {
        try (Device device = ready()) {
            device.says("MAIL FROM:<a@contoso.example>");
            assertThat(device.says(command)).startsWith(reply);
            assertThat(device.says("DATA")).startsWith("554");
        }
        assertThat(inbox.taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<a@contoso.example>\u0000",
                "MAIL FROM:<a\u0001@contoso.example>",
                "MAIL FROM:<a@contoso.example>\rRCPT TO:<b@elsewhere.example>",
                "NOOP \u001b[31m",
                "\u0016\u0003\u0001\u0002"
            })
    void controlsInACommandAreRefused(String command) throws Exception {
        try (Device device = ready()) {
            assertThat(device.says(command)).startsWith("500 5.5.2");
        }
    }

    @Test
    void mailWithoutHeloIsRefused() throws Exception {
        try (Device device = Device.at(start())) {
            device.reply();
            assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("503");
        }
    }

    @Test
    void theNullSenderIsTakenWhereTheSettingsSaySo() throws Exception {
        plans.nullSender = true;
        try (Device device = ready()) {
            assertThat(device.says("MAIL FROM:<>")).startsWith("250");
        }
    }

    @Test
    void oneRecipientTooManyIsToldToComeLater() throws Exception {
        try (Device device = ready()) {
            device.says("MAIL FROM:<a@contoso.example>");
            for (int i = 0; i < 3; i++) {
                assertThat(device.says("RCPT TO:<r" + i + "@contoso.example>")).startsWith("250");
            }
            assertThat(device.says("RCPT TO:<r4@contoso.example>")).startsWith("452 4.5.3");
            device.says("DATA");
            assertThat(device.says("x\r\n.")).startsWith("250");
        }
        assertThat(inbox.taken.get(0).envelope().forwardPaths()).hasSize(3);
    }

    @Test
    void rsetForgetsTheTransaction() throws Exception {
        try (Device device = ready()) {
            device.says("MAIL FROM:<a@contoso.example>");
            device.says("RCPT TO:<b@contoso.example>");
            assertThat(device.says("RSET")).startsWith("250");
            assertThat(device.says("DATA")).startsWith("503");
            assertThat(mail(device, "MAIL FROM:<a@contoso.example>")).startsWith("250");
        }
    }

    @Test
    void aDeviceThatKnowsNoCrLfEndsItsMessageWithLoneLf() throws Exception {
        try (Device device = ready()) {
            device.raw("MAIL FROM:<a@contoso.example>\nRCPT TO:<b@contoso.example>\nDATA\n");
            device.reply();
            device.reply();
            assertThat(device.reply()).startsWith("354");
            device.raw("Subject: x\n\nline\n..dot\n.not\n.\nNOOP\n");
            assertThat(device.reply()).startsWith("250");
            assertThat(device.reply()).as("of NOOP").startsWith("250");
        }
        assertThat(inbox.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.content()).isEqualTo("Subject: x\n\nline\n.dot\nnot\n"));
    }

    @Test
    void aLoginWithAnUmlautIsTakenInEachOfItsForms() throws Exception {
        plans.logins = List.of(new DeviceLogin("kopierer-büro", new SecretText("geheim-äß")));
        String proof = "\0kopierer-büro\0geheim-äß";
        String decomposed = Normalizer.normalize(proof, Normalizer.Form.NFD);
        for (byte[] octets : List.of(
                proof.getBytes(StandardCharsets.UTF_8),
                decomposed.getBytes(StandardCharsets.UTF_8),
                proof.getBytes(StandardCharsets.ISO_8859_1))) {
            try (Device device = ready()) {
                assertThat(device.says("AUTH PLAIN " + Base64.getEncoder().encodeToString(octets)))
                        .startsWith("235");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'a\n..b\r\n', true", "'a\n.b\n..c\r\n', false"})
    void whoTakesAMessageIsToldWhetherDotsAfterLoneLfsAreDoubled(String content, boolean doubled) throws Exception {
        try (Device device = ready()) {
            device.says("MAIL FROM:<a@contoso.example>");
            device.says("RCPT TO:<b@contoso.example>");
            device.says("DATA");
            device.raw(content + ".\r\n");
            assertThat(device.reply()).startsWith("250");
        }
        assertThat(inbox.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.dotsDoubled()).isEqualTo(doubled));
    }

    /** SMTP smuggling: what one server takes for content must not be a second message to another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\r.\r",
                "\n.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r.\r\n",
                "\n.\r",
                "\r\n\u0000.\r\n",
                "\r\n.\r\r\n",
                "\r\n..\r\n",
                "\r\n. \r\n"
            })
    void onlyCrLfDotCrLfEndsAMessage(String ending) throws Exception {
        try (Device device = ready()) {
            device.says("MAIL FROM:<a@contoso.example>");
            device.says("RCPT TO:<b@contoso.example>");
            device.says("DATA");
            device.raw("first" + ending
                    + "MAIL FROM:<a@contoso.example>\r\nRCPT TO:<c@contoso.example>\r\nDATA\r\nsecond\r\n.\r\n");
            assertThat(device.reply()).startsWith("250");
            assertThat(device.says("NOOP")).isEqualTo("250 2.0.0 Ok");
        }
        assertThat(inbox.taken).singleElement().satisfies(taken -> {
            assertThat(taken.content())
                    .startsWith("first")
                    .endsWith("second\r\n")
                    .contains("DATA");
            assertThat(taken.envelope().forwardPaths()).containsExactly(ForwardPath.parse("b@contoso.example"));
        });
    }

    @Test
    void theEndIsFoundWhereverItIsCut() throws Exception {
        String content = "Subject: x\r\n\r\n..\r\n...a\r\nb\r\n.\r\n";
        try (Device device = ready()) {
            for (int cut = 1; cut < content.length(); cut += 3) {
                device.says("MAIL FROM:<a@contoso.example>");
                device.says("RCPT TO:<b@contoso.example>");
                device.says("DATA");
                device.raw(content.substring(0, cut));
                device.raw(content.substring(cut));
                assertThat(device.reply()).startsWith("250");
            }
        }
        assertThat(inbox.taken).allMatch(taken -> taken.content().equals("Subject: x\r\n\r\n.\r\n..a\r\nb\r\n"));
    }

    @Test
    void aMessageThatIsTooLargeIsReadToItsEndAndRefused() throws Exception {
        try (Device device = ready()) {
            assertThat(device.sends("x".repeat(20_000) + "\r\nRCPT TO:<b@contoso.example>"))
                    .startsWith("552 5.3.4");
            assertThat(device.sends("small")).startsWith("250");
        }
        assertThat(inbox.taken).hasSize(1);
        assertThat(inbox.dropped).hasValue(1);
    }

    @Test
    void aFullDiskIsAReasonToComeAgain() throws Exception {
        try (Device device = ready()) {
            inbox.room = 10;
            assertThat(device.sends("x".repeat(5_000))).startsWith("452 4.3.1");
            inbox.room = 0;
            device.says("MAIL FROM:<copier@contoso.example>");
            device.says("RCPT TO:<anna@contoso.example>");
            assertThat(device.says("DATA")).startsWith("452 4.3.1");
            inbox.room = Integer.MAX_VALUE;
            assertThat(device.sends("x")).startsWith("250");
        }
    }

    @Test
    void whatTheGatewaySaysIsWhatTheDeviceHears() throws Exception {
        try (Device device = ready()) {
            inbox.answer = new Handover.Answer.Later();
            assertThat(device.sends("x")).startsWith("451 4.3.0");
            inbox.answer = new Handover.Answer.Refused("the header is broken \r\n250 Ok ä");
            assertThat(device.sends("x")).isEqualTo("554 5.7.1 the header is broken ??250 Ok ?");
        }
    }

    @Test
    void aDeviceThatBreaksOffLeavesNothing() throws Exception {
        Device device = ready();
        device.says("MAIL FROM:<a@contoso.example>");
        device.says("RCPT TO:<b@contoso.example>");
        device.says("DATA");
        device.raw("Subject: half\r\n\r\nhalf");
        device.reset();
        await().untilAsserted(() -> assertThat(inbox.dropped).hasValue(1));
        assertThat(inbox.taken).isEmpty();
    }

    @Test
    void aSilentDeviceIsCutOff() throws Exception {
        plans.idle = Duration.ofMillis(300);
        try (Device device = Device.at(start())) {
            device.reply();
            assertThat(device.reply()).startsWith("421 4.4.2");
            assertThat(device.reply()).isEmpty();
        }
    }

    @Test
    void anEndlessLineIsCutOff() throws Exception {
        try (Device device = ready()) {
            device.raw("x".repeat(Lines.LONGEST + 1));
            assertThat(device.reply()).startsWith("500 5.5.2 Line too long");
        }
    }

    @Test
    void whoKeepsTalkingNonsenseIsCutOff() throws Exception {
        try (Device device = ready()) {
            String last = "";
            for (int i = 0; i < 21; i++) {
                last = device.says("NONSENSE");
            }
            assertThat(last).startsWith("500");
            assertThat(device.reply()).startsWith("421 4.7.0");
        }
    }

    @Test
    void aBrowserThatWasSentHereIsCutOffAtOnce() throws Exception {
        try (Device device = Device.at(start())) {
            device.reply();
            device.raw("POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\nMAIL FROM:<a@contoso.example>\r\n");
            assertThat(device.reply()).startsWith("421");
        }
    }

    @Test
    void anAddressOutsideTheNetworksIsRefusedAtTheDoor() throws Exception {
        plans.networks = List.of(Network.parse("10.0.0.0/8"));
        try (Device device = Device.at(start())) {
            assertThat(device.reply()).startsWith("554 5.7.1 Your address 127.0.0.1 may not send here");
            assertThat(device.reply()).isEmpty();
        }
    }

    @Test
    void nobodyMayMakeAnOpenRelay() {
        plans.networks = List.of();
        assertThatThrownBy(() -> plans.start(new Inbox())).hasMessageContaining("open relay");
    }

    @Test
    void tooManyConnectionsAreTurnedAwayAndRoomComesBack() throws Exception {
        plans.perAddress = 2;
        plans.networks = List.of(Network.parse("127.0.0.0/8"));
        plans.connections = 3;
        int port = start();
        try (Device one = Device.ready(port);
                Device two = Device.ready(port)) {
            try (Device third = Device.at(port)) {
                assertThat(third.reply()).startsWith("421 4.7.0");
            }
            try (Device other = Device.from("127.0.0.2", port)) {
                assertThat(other.reply()).startsWith("220");
                try (Device fourth = Device.from("127.0.0.3", port)) {
                    assertThat(fourth.reply()).startsWith("421");
                }
            }
            one.says("QUIT");
            await().untilAsserted(() -> {
                try (Device again = Device.at(port)) {
                    assertThat(again.reply()).startsWith("220");
                }
            });
            assertThat(two.says("NOOP")).startsWith("250");
        }
    }

    @Test
    @DisplayName("P9: connections that are turned away do not fill the log")
    void whoIsTurnedAwayIsToldOnceAMinute() throws Exception {
        plans.perAddress = 3; // a refused session may count for a while after its end is seen
        plans.networks = List.of(Network.parse("127.0.0.1"));
        MovableClock clock = new MovableClock();
        int port = start(clock);
        try (LogLines log = LogLines.of("org.mailchute.listener");
                Device here = Device.ready(port);
                Device there = Device.ready(port);
                Device everywhere = Device.ready(port)) {
            for (int more = 0; more < 3; more++) {
                refused("127.0.0.1", port);
                refused("127.0.0.2", port); // not in networks
            }
            clock.move(Duration.ofMinutes(1));
            refused("127.0.0.1", port);
            for (Device stays : List.of(here, there, everywhere)) {
                assertThat(stays.says("NOOP")).startsWith("250");
            }
            assertThat(log.lines())
                    .containsExactly(
                            "INFO source=smtp:devices: too many connections, 127.0.0.1 was turned away",
                            "INFO source=smtp:devices: 127.0.0.2 is not in networks, refused",
                            "INFO source=smtp:devices: too many connections, 127.0.0.1 was turned away (and 2 more like it)");
        }
    }

    private static void refused(String from, int port) throws IOException {
        try (Device device = Device.from(from, port)) {
            assertThat(device.reply()).matches("(421|554) .*");
            assertThat(device.reply()).isEmpty();
        }
    }

    @Test
    void learningListsADeviceOnceAndStillTakesNothing() throws Exception {
        plans.networks = List.of(Network.parse("10.0.0.0/8"));
        plans.learning = Optional.of(UnknownDevices.open(home, "devices", plans.networks));
        int port = start();
        try (LogLines log = LogLines.of(UnknownDevices.class.getName())) {
            for (int i = 0; i < 2; i++) {
                try (Device device = Device.ready(port)) {
                    assertThat(device.says("MAIL FROM:<a@elsewhere.example>")).startsWith("250");
                    assertThat(device.says("RCPT TO:<b@contoso.example>")).startsWith("550 5.7.1");
                    assertThat(device.says("DATA")).startsWith("554");
                    device.says("QUIT");
                }
            }
            await().untilAsserted(() -> assertThat(UnknownDevices.read(home, "devices"))
                    .singleElement()
                    .satisfies(listed -> {
                        assertThat(listed.address()).isEqualTo("127.0.0.1");
                        assertThat(listed.name()).isEqualTo("copier");
                        assertThat(listed.sender()).isEqualTo("a@elsewhere.example");
                        assertThat(listed.recipients()).containsExactly("b@contoso.example");
                        assertThat(listed.count()).isEqualTo(2);
                    }));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("unknown device"))
                    .hasSize(1);
        }
        assertThat(inbox.taken).isEmpty();
        assertThat(UnknownDevices.open(home, "devices", Plans.LOOPBACK)).isNotNull();
        assertThat(UnknownDevices.read(home, "devices")).isEmpty(); // known now
    }

    @Test
    void theListOfUnknownDevicesDoesNotGrowForEver() throws Exception {
        UnknownDevices list = UnknownDevices.open(home, "devices", List.of());
        for (int i = 0; i < 510; i++) {
            list.saw(new UnknownDevice(
                    "10.0." + i / 250 + "." + i % 250,
                    "n\tn\n",
                    "",
                    List.of(),
                    1,
                    Clock.systemUTC().instant()));
        }
        assertThat(UnknownDevices.read(home, "devices"))
                .hasSize(500)
                .allMatch(d -> d.name().equals("n?n?"));
    }

    @Test
    void aDeviceLogsInByPlainOrLoginInAnyCase() throws Exception {
        plans.logins = Plans.LOGINS;
        String proof = Device.base64("\0copier\0pass word");
        for (String auth : List.of("AUTH PLAIN " + proof, "auth plain " + proof, "Auth Plain  " + proof)) {
            try (Device device = ready()) {
                assertThat(device.says("EHLO x")).contains("AUTH PLAIN LOGIN");
                assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("530");
                assertThat(device.says(auth)).startsWith("235");
                assertThat(device.sends("x")).startsWith("250");
                assertThat(device.says(auth)).startsWith("503");
            }
        }
        for (String first : List.of("AUTH LOGIN", "auth login", "auth LOGIN " + Device.base64("copier"))) {
            try (Device device = ready()) {
                String asked = device.says(first);
                assertThat(asked).startsWith("334 ");
                if (asked.equals("334 VXNlcm5hbWU6")) {
                    assertThat(device.says(Device.base64("copier"))).isEqualTo("334 UGFzc3dvcmQ6");
                }
                assertThat(device.says(Device.base64("pass word"))).startsWith("235");
            }
        }
        assertThat(inbox.taken).hasSize(3).allMatch(taken -> taken.device().equals("copier x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTH PLAIN AGNvcGllcgB3cm9uZw== | 535
            AUTH PLAIN !!! | 501
            AUTH PLAIN AGNvcGllcg== | 501
            AUTH PLAIN = | 501
            AUTH CRAM-MD5 | 504
            AUTH XOAUTH2 eA== | 504
            AUTH | 504
            """)
    void wrongProofsAreRefused(String command, String reply) throws Exception {
        plans.logins = Plans.LOGINS;
        try (Device device = ready()) {
            assertThat(device.says(command)).startsWith(reply);
            assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("530");
        }
    }

    @Test
    void anAuthenticationCanBeCancelled() throws Exception {
        plans.logins = Plans.LOGINS;
        try (Device device = ready()) {
            assertThat(device.says("AUTH PLAIN")).isEqualTo("334");
            assertThat(device.says("*")).startsWith("501 5.7.0");
        }
    }

    @Test
    void guessingIsSlowAndEndsTheSessionThenTheAddress() throws Exception {
        plans.logins = Plans.LOGINS;
        plans.loginDelay = GUESS;
        MovableClock clock = new MovableClock(Clock.systemUTC().instant());
        int port = start(clock);
        String wrong = "AUTH PLAIN " + Device.base64("\0copier\0guess");
        try (LogLines log = LogLines.of("org.mailchute.listener")) {
            for (int session = 0; session < 4; session++) {
                try (Device device = Device.ready(port)) {
                    assertThat(Patience.notBefore(GUESS, () -> device.says(wrong)))
                            .startsWith("535");
                    if (session < 3) {
                        device.says(wrong);
                        assertThat(device.says(wrong)).startsWith("535");
                        assertThat(device.reply()).startsWith("421");
                    }
                }
            }
            String right = "AUTH PLAIN " + Device.base64("\0copier\0pass word");
            try (Device device = Device.ready(port)) {
                assertThat(device.says(right)).startsWith("421 4.7.0 Too many wrong passwords");
            }
            clock.move(Duration.ofMinutes(16));
            try (Device device = Device.ready(port)) {
                assertThat(device.says(right)).startsWith("235");
            }
            assertThat(String.join("\n", log.lines()))
                    .contains("wrong user name or password from 127.0.0.1")
                    .doesNotContain("guess", "pass word", Device.base64("\0copier\0guess"));
        }
    }

    @Test
    @DisplayName("P9: sessions side by side try no more passwords than one")
    void tenWrongPasswordsAreTriedHoweverManySessionsAskAtOnce() throws Exception {
        plans.logins = Plans.LOGINS;
        plans.loginDelay = Duration.ZERO;
        int port = start();
        List<String> heard = new ArrayList<>();
        List<Device> devices = new ArrayList<>();
        for (int session = 0; session < 12; session++) {
            Device device = Device.ready(port);
            devices.add(device);
            assertThat(device.says("AUTH LOGIN " + Device.base64("copier"))).startsWith("334");
        }
        for (Device device : devices) {
            heard.add(device.says(Device.base64(devices.indexOf(device) == 11 ? "pass word" : "guess")));
            device.close();
        }
        assertThat(heard.subList(0, 10)).allMatch(reply -> reply.startsWith("535"));
        assertThat(heard.subList(10, 12)).allMatch(reply -> reply.startsWith("421 4.7.0 Too many wrong"));
    }

    private static void untilItsEnd(Device device) {
        try {
            String last = device.reply();
            while (!last.isEmpty()) {
                last = device.reply();
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class); // a reset, not a time-out
        }
    }

    @Test
    void closingEndsSessionsAndAWaitingGuess() throws Exception {
        plans.logins = Plans.LOGINS;
        plans.loginDelay = Duration.ofDays(1);
        try (LogLines log = LogLines.of("org.mailchute.listener");
                Device idle = ready();
                Device guessing = ready()) {
            guessing.raw("AUTH PLAIN " + Device.base64("\0copier\0guess") + "\r\n");
            await().until(() -> !log.lines().isEmpty());
            close();
            untilItsEnd(idle);
            untilItsEnd(guessing);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0",
                "host.example",
                "10.0.0.0/8/8",
                "::1/129",
                "",
                "10.0.0.0/-1",
                "999.1.1.1"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void networksAreToldApartByTheirBits() throws Exception {
        assertThat(Network.parse("10.1.0.0/16").contains(java.net.InetAddress.getByName("10.1.255.255")))
                .isTrue();
        assertThat(Network.parse("10.1.0.0/16").contains(java.net.InetAddress.getByName("10.2.0.0")))
                .isFalse();
        assertThat(Network.parse("fd00::/8").contains(java.net.InetAddress.getByName("fd12::1")))
                .isTrue();
        assertThat(Network.parse("0.0.0.0/0").contains(java.net.InetAddress.getByName("fd12::1")))
                .isFalse();
    }
}
