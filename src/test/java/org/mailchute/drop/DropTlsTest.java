package org.mailchute.drop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.door.Tls;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Missing;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;
import org.mailchute.watch.IgnoredNames;

/** A real FTPS client, explicit and implicit, at the server that devices save scans to. */
class DropTlsTest {
    private static final String PASSWORD = "device-password";

    @TempDir
    Path root;

    private final MovableClock clock = new MovableClock(Instant.now()); // our certificate is of today

    @SuppressWarnings("NullAway.Init") // set before each test
    private Certificates authority;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DropServer server;

    @BeforeEach
    void open() throws Exception {
        authority = new Certificates();
        DropFolder folder = DropFolder.open(
                root.resolve("copier"), false, new Quota(1 << 20, 100), IgnoredNames::ignored, () -> false);
        certify(authority.server("localhost", "127.0.0.1"));
        CertificateFiles files = new CertificateFiles.Pem(root.resolve("chain.pem"), root.resolve("key.pem"));
        server = DropServer.start(
                new DropPlan(
                        "127.0.0.1",
                        0,
                        Optional.of(0),
                        Tls.REQUIRED,
                        Optional.of(files),
                        "0",
                        Optional.empty(),
                        true,
                        Patience.LONGEST,
                        Duration.ofHours(1),
                        5,
                        Duration.ZERO,
                        UTF_8),
                List.of(new DropLogin("copier", new SecretText(PASSWORD), folder, Optional.empty())),
                clock);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void certify(X509Bundle certificate) throws Exception {
        Files.writeString(root.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Files.writeString(root.resolve("key.pem"), certificate.getPrivateKeyPEM());
    }

    private FTPSClient client(boolean implicit, Certificates trusted) throws Exception {
        SSLContext context = TlsContexts.of(Optional.of(trusted.trustFile(root)), Optional.empty());
        FTPSClient client = new FTPSClient(implicit, context);
        client.setEndpointCheckingEnabled(true);
        client.setTrustManager(null);
        client.setDefaultTimeout(Patience.MILLIS);
        client.connect("localhost", implicit ? server.implicitPort() : server.port());
        return client;
    }

    private void saves(FTPSClient client, String name) throws Exception {
        assertThat(client.login("copier", PASSWORD)).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.enterLocalPassiveMode();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        assertThat(client.storeFile(name, new ByteArrayInputStream(new byte[100_000])))
                .as(client.getReplyString())
                .isTrue();
        assertThat(root.resolve("copier").resolve(name)).hasSize(100_000);
        client.disconnect();
    }

    @Test
    void aDeviceThatTrustsTheCertificateSavesOverExplicitTls() throws Exception {
        saves(client(false, authority), "explicit.pdf");
    }

    @Test
    void aDeviceInActiveModeSavesOverTls() throws Exception {
        FTPSClient client = client(false, authority);
        assertThat(client.login("copier", PASSWORD)).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        client.enterLocalActiveMode();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        assertThat(client.storeFile("active.pdf", new ByteArrayInputStream(new byte[100_000])))
                .as(client.getReplyString())
                .isTrue();
        client.disconnect();
    }

    @Test
    void aDeviceThatTrustsTheCertificateSavesOverImplicitTls() throws Exception {
        saves(client(true, authority), "implicit.pdf");
    }

    @Test
    void aDeviceThatBeginsTlsAtOnceOnTheWrongPortIsOneLineOfTheLogWithItsRemedy() throws Exception {
        try (LogLines log = LogLines.of(TlsAtOnce.class.getName());
                Socket device = new Socket("localhost", server.port())) {
            device.setSoTimeout(Patience.MILLIS);
            device.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 4, 1, 0, 0, 0});
            assertThat(new String(device.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .as("at most the greeting")
                    .doesNotContain("50");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("begins TLS at once", "implicitPort of ftp-server");
        }
    }

    @Test
    void aDeviceWithOldTlsIsOneLineOfTheLogWithItsRemedy() throws Exception {
        byte[] hello = new byte[50];
        byte[] start = {0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 1};
        System.arraycopy(start, 0, hello, 0, start.length);
        System.arraycopy(new byte[] {0, 2, 0, 0x2f, 1, 0}, 0, hello, 44, 6);
        try (LogLines log = LogLines.of(SessionTrouble.class.getName());
                Socket device = new Socket("localhost", server.implicitPort())) {
            device.getOutputStream().write(hello);
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("no TLS with ", "set tls of ftp-server to optional");
        }
    }

    @Test
    void aDeviceThatDoesNotTrustTheCertificateSendsNoPasswordAndTheLogSaysWhy() {
        try (LogLines log = LogLines.of(SessionTrouble.class.getName())) {
            assertThatThrownBy(() -> client(false, new Certificates())).isInstanceOf(SSLException.class);
            await().until(() -> !log.lines().isEmpty());
            clock.move(Duration.ofMinutes(1)); // before that it is not told again
            assertThatThrownBy(() -> client(true, new Certificates())).isInstanceOf(SSLException.class);
            await().until(() -> log.lines().size() >= 2);
            assertThat(log.lines())
                    .allMatch(line -> line.startsWith("WARN ftp server: no TLS with 127.0.0.1: ")
                            || line.contains("Improper close"));
            assertThat(log.lines().get(0)).contains("the device does not trust our certificate");
        }
    }

    @Test
    void withoutTlsNobodyIsAskedForAPassword() throws Exception {
        FTPClient plain = new FTPClient();
        plain.connect("127.0.0.1", server.port());
        assertThat(plain.user("copier")).isEqualTo(530);
        assertThat(plain.getReplyString()).contains("AUTH TLS first");
        assertThat(plain.pass(PASSWORD)).isEqualTo(503);
        plain.disconnect();
    }

    @Test
    void aScanIsNotTakenOverAnOpenDataConnection() throws Exception {
        FTPSClient client = client(false, authority);
        client.login("copier", PASSWORD);
        client.execPBSZ(0);
        client.execPROT("C");
        client.enterLocalPassiveMode();
        assertThat(client.storeFile("open.pdf", new ByteArrayInputStream(new byte[10])))
                .isFalse();
        assertThat(client.getReplyString()).startsWith("521").contains("PROT P");
        assertThat(root.resolve("copier/open.pdf")).doesNotExist();
        client.disconnect();
    }

    @Test
    void aCommandInOnePacketWithTheEndOfTheHandshakeIsAnswered() throws Exception {
        SSLContext context = TlsContexts.of(Optional.of(authority.trustFile(root)), Optional.empty());
        try (HeldSocket plain = new HeldSocket(server.port())) {
            BufferedReader said = new BufferedReader(new InputStreamReader(plain.getInputStream(), US_ASCII));
            assertThat(said.readLine()).startsWith("220 ");
            plain.getOutputStream().write("AUTH TLS\r\n".getBytes(US_ASCII));
            assertThat(said.readLine()).startsWith("234 ");

            plain.holdAllBut(1); // the client's hello
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", server.port(), true);
            tls.setEnabledProtocols(new String[] {"TLSv1.3"});
            tls.startHandshake();
            tls.getOutputStream().write("USER copier\r\n".getBytes(US_ASCII));
            plain.release();

            assertThat(new BufferedReader(new InputStreamReader(tls.getInputStream(), US_ASCII)).readLine())
                    .startsWith("331 ");
        }
    }

    @Test
    void plainTextBehindAuthTlsEndsTheSession() throws Exception {
        try (LogLines log = LogLines.of(DropCommands.class.getName());
                Socket someone = new Socket("127.0.0.1", server.port())) {
            someone.getOutputStream().write("AUTH TLS\r\nUSER copier\r\nPASS x\r\n".getBytes(US_ASCII));

            // how much of 220 and 234 still leaves is chance: the session ends at once
            assertThat(untilItsEnd(someone.getInputStream())).matches("(220 [^\r]*\r\n)?(234 [^\r]*\r\n)?");
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("sent plain text behind AUTH"));
        }
    }

    /** What comes last may be heard when TLS has ended. */
    @Test
    void whoSaysQuitAndHangsUpSentNoPlainText() throws Exception {
        SSLContext context = TlsContexts.of(Optional.of(authority.trustFile(root)), Optional.empty());
        try (LogLines log = LogLines.of("org.mailchute.drop")) {
            Socket tls = context.getSocketFactory().createSocket("localhost", server.implicitPort());
            Dialogue device = new Dialogue(tls);
            device.say("USER copier").say("PASS " + PASSWORD).say("PBSZ 0").say("PROT P");
            int data = device.passive();
            device.say("STOR scan.pdf");
            device.send("QUIT");
            tls.close();
            await("hung up").until(() -> server.sessions() == 0);
            new Socket("localhost", data).close();
            await("the upload ends").until(() -> !log.lines().isEmpty());
            server.close(); // when all has been heard

            assertThat(log.lines()).noneMatch(line -> line.contains("plain text"));
        }
    }

    @Test
    @DisplayName("P7: a scan is whole though its device closes the data connection without having read from it")
    void aDeviceThatNeverReadsItsDataConnectionSavesOverTls13() throws Exception {
        FTPSClient client = client(false, authority);
        for (int i = 0; i < 5; i++) {
            Socket plain = passive(client);
            SSLSocket data = tls13(plain);
            client.sendCommand("STOR scan.pdf");
            data.startHandshake();
            data.getOutputStream().write(new byte[20_000]);
            plain.close(); // with what was not read: then TCP answers with a reset
            assertThat(client.getReply()).as(client.getReplyString()).isEqualTo(226);
        }
        client.disconnect();
    }

    /** An octet of a handshake, or a few, and never the rest. */
    private static final byte[] BEGUN = {0x16, 3, 1, 2, 0, 1};

    /** Of a record of a session (RFC 8446 section 5.1), and never the rest. */
    private static final byte[] RECORD_BEGUN = {0x17, 3, 3, 0, 100, 1};

    /** Time goes on until the server has had enough of it. */
    private void isCutOff(String why) {
        try (LogLines log = LogLines.of("org.mailchute.drop")) {
            await().until(() -> {
                clock.move(Duration.ofMinutes(1));
                return log.lines().stream().anyMatch(line -> line.contains(why));
            });
        }
        await().until(() -> server.sessions() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "USER cop", "NOOP\r\n", "AUTH TLS\r\n\u0016\3\1", "AUTH TLS\r\n"})
    void whoDoesNotLogInIsCutOffWhateverComesOrDrips(String said) throws Exception {
        try (Socket device = new Socket("127.0.0.1", server.port())) {
            device.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
            isCutOff("127.0.0.1 was cut off: it did not log in within 240 s (idle)");
        }
        try (Socket device = new Socket("127.0.0.1", server.implicitPort())) {
            device.getOutputStream().write(BEGUN);
            isCutOff("127.0.0.1 was cut off: it did not log in within 240 s (idle)");
        }
    }

    @Test
    void aSessionEndsByItsAgeHoweverBusyItIs() throws Exception {
        FTPSClient client = client(false, authority);
        client.login("copier", PASSWORD);
        for (int i = 0; i < 5; i++) {
            clock.move(Duration.ofMinutes(3));
            assertThat(client.noop()).isEqualTo(200);
        }
        try (LogLines log = LogLines.of(DropSession.class.getName())) {
            await().until(() -> {
                clock.move(Duration.ofMinutes(3));
                return saysNothing(client) || !log.lines().isEmpty();
            });
            assertThat(log.lines()).singleElement().asString().contains("3600 s (sessionAge)");
        }
    }

    private static boolean saysNothing(FTPSClient client) {
        try {
            return client.noop() != 200;
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"STOR scan.pdf,false", "STOR scan.pdf,true", "LIST,false"})
    void aDataConnectionWhoseTlsDripsIsCutOffAndTheNextScanIsSaved(String command, boolean greeted) throws Exception {
        FTPSClient client = client(false, authority);
        try (Socket plain = passive(client)) {
            client.sendCommand(command);
            SSLSocket tls = tls13(plain);
            if (greeted) {
                tls.startHandshake();
            }
            plain.getOutputStream().write(greeted ? RECORD_BEGUN : BEGUN);
            isCutOff("user=copier from 127.0.0.1 was cut off: ");
            await("the data connection ends, too").until(() -> {
                clock.move(Duration.ofMinutes(1)); // a step that began just then has its own time
                return hasEnded(plain);
            });
            Reference.reachabilityFence(tls); // Java 17 closes what is below a TLS socket that nobody knows any more
        }
        saves(client(false, authority), "next.pdf");
    }

    /** A data connection of a session that is logged in. */
    private Socket passive(FTPSClient client) throws Exception {
        client.login("copier", PASSWORD);
        client.execPBSZ(0);
        client.execPROT("P");
        client.sendCommand("EPSV");
        Socket plain = new Socket(
                "localhost",
                Integer.parseInt(client.getReplyString().replaceAll("\\D*229.*\\|(\\d+)\\|\\)\\s*", "$1")));
        plain.setSoTimeout(Patience.MILLIS);
        return plain;
    }

    private SSLSocket tls13(Socket plain) throws Exception {
        SSLContext context = TlsContexts.of(Optional.of(authority.trustFile(root)), Optional.empty());
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        tls.setEnabledProtocols(new String[] {"TLSv1.3"});
        return tls;
    }

    @Test
    void whatThereIsIsToldBeforeTheLoginToo() throws Exception {
        FTPClient plain = new FTPClient();
        plain.connect("127.0.0.1", server.port());
        assertThat(plain.feat()).isEqualTo(211);
        assertThat(plain.getReplyString()).contains("AUTH TLS", "PROT");
        assertThat(plain.noop()).as("nothing else is").isEqualTo(530);
        plain.disconnect();
    }

    @ParameterizedTest
    @CsvSource({"1.3,no", "1.3,yes", "1.2,no", "1.2,yes"})
    void aGnuTlsClientListsAndSavesWhetherItTakesUpItsSessionOrNot(String version, String resumes) throws Exception {
        Files.write(root.resolve("scan.pdf"), new byte[100_000]);
        String trust = authority.trustFile(root).toString();
        String asked = "set ssl:ca-file " + trust + "; set ssl:priority NORMAL:-VERS-ALL:+VERS-TLS" + version
                + "; set ftp:ssl-copy-sid " + resumes + ";"
                + " set ftp:ssl-force true; set ftp:ssl-protect-data true; set net:max-retries 1; set cmd:fail-exit true;"
                + " set xfer:use-temp-file true; open -u copier," + PASSWORD + " -p " + server.port()
                + " localhost; cls; nlist; put "
                + root.resolve("scan.pdf")
                + "; cls; nlist; set ftp:use-mlsd yes; cls -l; set ftp:use-mlsd no; recls -l; ls; bye";
        ProcessBuilder lftp = new ProcessBuilder("lftp", "--norc", "-c", asked).redirectErrorStream(true);
        lftp.environment().put("HOME", root.toString());
        String said = said(lftp);
        assertThat(said).contains("scan.pdf").doesNotContain("Fatal error", "Login failed");
        assertThat(root.resolve("copier/scan.pdf")).hasSize(100_000);
    }

    /** Where it is required, it must be there. */
    private static String said(ProcessBuilder client) throws Exception {
        try {
            Process running = client.start();
            String said = new String(running.getInputStream().readAllBytes(), UTF_8);
            assertThat(running.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            return Missing.program("lftp, a client with GnuTLS, is needed (apt install lftp): " + e.getMessage());
        }
    }

    /** What came until the session ended, cut off or not. */
    private static String untilItsEnd(InputStream in) {
        StringBuilder all = new StringBuilder();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                all.append((char) octet);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("it did not end; it said " + all, e);
        } catch (IOException cut) {
            // what was not read when it ended is lost
        }
        return all.toString();
    }

    private static boolean hasEnded(Socket connection) throws IOException {
        connection.setSoTimeout(50);
        try {
            return connection.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends what it is given later, in one packet. */
    private static final class HeldSocket extends Socket {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private int free = Integer.MAX_VALUE;

        HeldSocket(int port) throws IOException {
            super("127.0.0.1", port);
        }

        void holdAllBut(int writes) {
            free = writes;
        }

        void release() throws IOException {
            super.getOutputStream().write(held.toByteArray());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] octets, int from, int count) throws IOException {
                    if (free-- > 0) {
                        out.write(octets, from, count);
                    } else {
                        held.write(octets, from, count);
                    }
                }
            };
        }
    }

    @Test
    void aRenewedCertificateIsShownToTheNextSession() throws Exception {
        Certificates other = new Certificates();
        client(false, authority).disconnect();
        certify(other.server("localhost", "127.0.0.1"));
        Files.setLastModifiedTime(root.resolve("chain.pem"), FileTime.fromMillis(1));
        saves(client(false, other), "renewed.pdf");
    }
}
