package org.mailchute.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.door.Tls;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.OwnJava;

/** Real handshakes at the SMTP listener. */
class ListenerTlsTest {
    @TempDir
    Path root;

    private final Plans plans = new Plans();
    private final Inbox inbox = new Inbox();
    private Optional<ListenerServer> server = Optional.empty();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path trust;

    @BeforeEach
    void open() throws Exception {
        Certificates authority = new Certificates();
        X509Bundle certificate = authority.server("localhost", "127.0.0.1");
        Files.writeString(root.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Files.writeString(root.resolve("key.pem"), certificate.getPrivateKeyPEM());
        trust = authority.trustFile(root);
        plans.certificate = Optional.of(new CertificateFiles.Pem(root.resolve("chain.pem"), root.resolve("key.pem")));
        plans.tls = Tls.REQUIRED;
        plans.logins = Plans.LOGINS;
    }

    @AfterEach
    void close() {
        server.ifPresent(ListenerServer::close);
    }

    private Device ready() throws Exception {
        if (server.isEmpty()) {
            server = Optional.of(plans.start(inbox));
        }
        return Device.ready(server.get().port());
    }

    private static final String PROOF = "AUTH PLAIN " + Device.base64("\0copier\0pass word");

    @Test
    void mailAndPasswordsComeAfterStartTlsOnly() throws Exception {
        try (Device device = ready()) {
            assertThat(device.says("EHLO x")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(device.says(PROOF)).startsWith("538");
            assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("530");
            device.startTls(trust);
            assertThat(device.says("MAIL FROM:<a@contoso.example>")).startsWith("503"); // forgotten: RFC 3207
            assertThat(device.says("EHLO x")).contains("AUTH PLAIN LOGIN").doesNotContain("STARTTLS");
            assertThat(device.says(PROOF)).startsWith("235");
            assertThat(device.sends("x")).startsWith("250");
        }
    }

    @Test
    void aDeviceThatLogsInTooEarlyIsHeardWhereTheSettingsSaySo() throws Exception {
        plans.loginWithoutTls = true;
        plans.tls = Tls.OPTIONAL;
        try (Device device = ready()) {
            assertThat(device.says(PROOF)).startsWith("235");
            assertThat(device.sends("x")).startsWith("250");
        }
    }

    @Test
    void commandsInjectedBeforeTheHandshakeEndTheSession() throws Exception {
        try (Device device = ready()) {
            device.raw("STARTTLS\r\nMAIL FROM:<a@contoso.example>\r\n");
            assertThat(device.reply()).startsWith("421 4.7.0");
            assertThat(device.reply()).isEmpty();
        }
    }

    @Test
    void whoSpeaksNoTlsAfterStartTlsIsCutOffAndTheNextIsServed() throws Exception {
        try (Device device = ready()) {
            assertThat(device.says("STARTTLS")).startsWith("220");
            device.raw("EHLO plain\r\nMAIL FROM:<a@contoso.example>\r\n");
            assertThat(device.reply()).doesNotStartWith("250");
        }
        try (Device device = ready()) {
            assertThat(device.startTls(trust).says("EHLO x")).startsWith("250");
        }
    }

    @Test
    void aLegacyPortIsRefusedAtTheStartWhereJavaHasNoTls10() {
        plans.legacyPort = Optional.of(0);
        assertThatThrownBy(() -> plans.start(inbox))
                .hasMessageContaining("TLS 1.0 and 1.1")
                .hasMessageContaining("legacy-tls.security");
    }

    @Test
    void tls10IsTakenOnItsOwnPortOnly() throws Exception {
        List<String> command = OwnJava.running(
                LegacyTlsMain.class.getName(),
                "-Djava.security.properties=deploy/legacy-tls.security",
                "-Dtrust=" + trust);
        command.add(root.toString());
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).contains("legacy port: 250 2.0.0").containsPattern("own port: SSL\\w+Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handshake", "record", "replies"})
    void whoDripsTlsOrNeverReadsIsCutOff(String what) throws Exception {
        MovableClock clock = new MovableClock(Instant.now()); // our certificate is of today
        server = Optional.of(plans.start(inbox, clock));
        try (LogLines log = LogLines.of("org.mailchute.listener");
                Device device = ready()) {
            Thread talker = new Thread(() -> drips(device, what));
            talker.start();
            await().until(() -> {
                clock.move(Duration.ofMinutes(1));
                return !log.lines().isEmpty();
            });
            assertThat(log.lines()).singleElement().asString().contains("127.0.0.1 was cut off: 421 4.4.2 Too slow");
            talker.join();
        }
    }

    private void drips(Device device, String what) {
        try {
            switch (what) {
                case "handshake" -> {
                    device.says("STARTTLS");
                    device.below(0x16, 3, 1, 2, 0, 1);
                }
                case "record" -> {
                    device.startTls(trust);
                    device.below(0x17, 3, 3, 0, 100, 1);
                }
                default -> {
                    while (true) { // its replies fill what lies between, until the server can say no more
                        device.raw("NOOP\r\n".repeat(1000));
                    }
                }
            }
        } catch (Exception e) {
            assertThat(e).as("the server's end of it").isInstanceOf(IOException.class);
        }
    }

    /** A ClientHello of TLS 1.0 (RFC 2246 section 7.4.1.2) with one cipher suite, as far as it needs to be one. */
    static byte[] oldHello() {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 2 + 2];
        byte[] start = {0x16, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 1};
        System.arraycopy(start, 0, hello, 0, start.length);
        byte[] end = {0, 2, 0, 0x2f, 1, 0};
        System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
        return hello;
    }

    @Test
    void aDeviceWithOldTlsIsOneLineOfTheLogWithItsRemedy() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.listener");
                Device device = ready()) {
            assertThat(device.says("STARTTLS")).startsWith("220");
            device.raw(oldHello());
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("no TLS with 127.0.0.1", "give it a legacyPort of intake");
        }
    }

    @Test
    void aDeviceThatBeginsTlsAtOnceIsOneLineOfTheLogWithItsRemedy() throws Exception {
        try (LogLines log = LogLines.of("org.mailchute.listener");
                Device device = ready()) {
            device.raw(oldHello());
            assertThat(device.reply()).startsWith("500 5.5.2 TLS begins with STARTTLS");
            assertThat(log.lines().get(0)).contains("127.0.0.1 begins TLS at once", "set the device to STARTTLS");
        }
    }

    @Test
    void tls10IsRefusedByDefault() throws Exception {
        try (Device device = ready()) {
            assertThatThrownBy(() -> device.startTls(trust, "TLSv1")).isInstanceOf(SSLException.class);
        }
    }
}
