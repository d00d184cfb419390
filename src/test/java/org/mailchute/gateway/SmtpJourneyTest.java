package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.listener.Device;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.Received;
import org.mailchute.testing.FilesIn;
import org.mailchute.trace.DeliveryEvent.Kind;

/** From a device that sends by SMTP to the gateway, to mail received. */
class SmtpJourneyTest {
    private static final String LISTENER =
            "  smtp:\n    - {name: devices, port: 0, tls: none, networks: [127.0.0.1], maxConnectionsPerAddress: 50}\n";
    private static int ids;

    private final String message = "From: copier@contoso.example\r\nTo: anna@contoso.example\r\nMessage-ID: <" + ids++
            + "@copier>\r\nSubject: Scan\r\n\r\nbody";

    @RegisterExtension
    static final Town town = new Town().forgetful();

    @RegisterExtension
    final Town other = new Town();

    @BeforeAll
    static void open() throws Exception {
        town.withIntake(LISTENER)
                .withIntake(
                        "    - {name: strict, port: 0, tls: none, networks: [127.0.0.1], recipients: [\"*@contoso.example\"], senders: [copier@contoso.example]}\n")
                .withIntake("    - {name: learning, port: 0, tls: none, networks: [10.0.0.0/8], learning: true}\n")
                .start();
    }

    private static int port(String intake) {
        return port(town, intake);
    }

    private static int port(Town town, String intake) {
        return town.gateway().listener(intake).port();
    }

    @Test
    void aMessageIsRepairedAndMailedAndItsRepeatIsNot() throws Exception {
        try (Device device = Device.ready(port("devices"))) {
            String bare =
                    "Subject: Scan 1\nTo: anna@contoso.example\nBcc: hidden@contoso.example\nMessage-ID: <bare@copier>\n\none\n.\ntwo";
            assertThat(device.sends(bare)).matches("250 2.0.0 Queued as [0-9A-Z]{16}");
            assertThat(device.sends(bare)).startsWith("250 2.0.0");
            assertThat(device.sends(message)).startsWith("250 2.0.0");
        }
        town.awaitReceived(2);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(2);
        Received first = town.received().stream()
                .filter(mail -> Letters.text(mail).contains("Scan 1"))
                .findFirst()
                .orElseThrow();
        assertThat(first.recipients()).containsExactly("anna@contoso.example");
        assertThat(Letters.text(first))
                .contains(
                        "From: ",
                        "copier@contoso.example",
                        "Date: ",
                        "MIME-Version: 1.0",
                        "<bare@copier>",
                        "one\r\n.\r\ntwo")
                .doesNotContain("hidden", "\n\n");
    }

    /** As Python's smtplib sends a message in bytes that have LF; what it ends as is no end of a message to anybody. */
    @Test
    void dotsThatAreDoubledAfterLoneLfsAreUndone() throws Exception {
        try (Device device = Device.ready(port("devices"))) {
            device.says("MAIL FROM:<copier@contoso.example>");
            device.says("RCPT TO:<anna@contoso.example>");
            device.says("DATA");
            device.raw("From: copier@contoso.example\nSubject: Scan\n\none\n..two\n..\nMAIL FROM:<x@y>\r\n.\r\n");
            assertThat(device.reply()).startsWith("250");
        }
        town.awaitReceived(1);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(1);
        assertThat(Letters.text(town.received().get(0))).contains("\r\none\r\n.two\r\n.\r\nMAIL FROM:<x@y>\r\n");
    }

    @Test
    void whatPolicyRefusesIsToldWithItsReasonAndKept() throws Exception {
        try (Device device = Device.ready(port("strict"))) {
            assertThat(device.says("MAIL FROM:<anna@contoso.example>"))
                    .isEqualTo("550 5.7.1 anna@contoso.example may not send by intake strict");
            device.says("MAIL FROM:<copier@contoso.example>");
            assertThat(device.says("RCPT TO:<buyer@fabrikam.example>"))
                    .isEqualTo("550 5.7.1 buyer@fabrikam.example gets no mail by intake strict");
            assertThat(device.says("RCPT TO:<x@nowhere.example>")).startsWith("550 5.7.1");
            device.says("RSET");
            assertThat(device.sends("From: boss@contoso.example\r\nSubject: x\r\n\r\nx"))
                    .startsWith("554 5.7.1 boss@contoso.example may not send");
        }
        town.awaitEvent(Kind.REFUSED);
        assertThat(FilesIn.folder(town.home().resolve("rejected/strict"))).hasSize(2);
        town.awaitEmptySpool();
        assertThat(town.received()).isEmpty();
    }

    /** The broker's own port stays open, so its end is a fault, not a refusal to listen. */
    @Test
    void whileTheBrokerIsGoneTheDeviceIsToldToTryAgainAndOneMailComesOfIt() throws Exception {
        other.withIntake(LISTENER).start();
        try (Device device = Device.ready(port(other, "devices"))) {
            ((org.messaginghub.pooled.jms.JmsPoolConnectionFactory)
                            other.gateway().broker())
                    .stop();
            assertThat(device.sends(message)).startsWith("451 4.3.0");
            ((org.messaginghub.pooled.jms.JmsPoolConnectionFactory)
                            other.gateway().broker())
                    .start();
            assertThat(device.sends(message)).startsWith("250");
        }
        other.awaitReceived(1);
        assertThat(other.received()).hasSize(1);
    }

    @Test
    void aFullSpoolIsAReasonToComeAgain() throws Exception {
        int port = port("devices");
        Path messages = town.home().resolve("messages");
        try (Device device = Device.ready(port)) {
            Path aside = Files.move(messages, messages.resolveSibling("aside"));
            device.says("MAIL FROM:<copier@contoso.example>");
            device.says("RCPT TO:<anna@contoso.example>");
            assertThat(device.says("DATA")).startsWith("452 4.3.1"); // before it has sent the scan
            Files.move(aside, messages);
            assertThat(device.sends(message)).startsWith("250");
        }
        town.awaitReceived(1);
        assertThat(town.received()).hasSize(1);
    }

    @Test
    void twentyDevicesAtOnceAreAllServed() throws Exception {
        int port = port("devices");
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<Future<String>> replies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String number = "device " + i;
            replies.add(threads.submit((Callable<String>) () -> {
                try (Device device = Device.ready(port)) {
                    return device.sends("Subject: " + number + "\r\n\r\n"
                            + "x".repeat(70).concat("\r\n").repeat(1000));
                }
            }));
        }
        for (Future<String> reply : replies) {
            assertThat(reply.get()).startsWith("250");
        }
        threads.shutdown();
        town.awaitReceived(20);
        town.awaitEmptySpool();
        assertThat(town.received()).hasSize(20);
    }

    @Test
    void devicesListsWhatLearningModeRefused() throws Exception {
        try (Device device = Device.ready(port("learning"))) {
            device.says("MAIL FROM:<a@contoso.example>");
            assertThat(device.says("RCPT TO:<b@contoso.example>")).startsWith("550");
            device.says("QUIT");
        }
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(town.command("devices").out())
                        .contains("127.0.0.1", "copier", "a@contoso.example", "b@contoso.example"));
    }

    @Test
    void anOpenRelayIsAFaultOfTheSettings() throws Exception {
        for (String open :
                List.of("", ", networks: []", ", networks: [0.0.0.0/0]", ", networks: [10.0.0.0/8, \"::/0\"]")) {
            String text = Files.readString(other.settings())
                    .replace("accept:", "  smtp: [{name: relay, tls: none" + open + "}]\naccept:");
            Path file = Files.writeString(other.root().resolve("open.yaml"), text);
            assertThatThrownBy(() -> SettingsReader.read(file, Map.of()))
                    .as(open)
                    .hasMessageContaining("open relay");
        }
    }

    @Test
    void legacyTlsAndReadablePasswordsAreWarnedOf() throws Exception {
        Path secret = Files.writeString(other.folder("secrets").resolve("p"), "x");
        String certificate = "certificate: {chain: a.pem, key: b.pem}";
        other.withIntake("""
                  smtp:
                    - {name: old, host: 10.0.0.1, legacyPort: 2526, %s, loginWithoutTls: true, logins: [{user: a, password: "${file:%s}"}]}
                """.formatted(certificate, secret));
        assertThat(SettingsReader.check(other.settings(), Map.of()).warnings().toString())
                .contains("TLS 1.0 and 1.1, which are broken", "passwords that anyone on the way can read");
    }
}
