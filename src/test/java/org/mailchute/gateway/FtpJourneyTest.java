package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mailchute.simulator.FtpDrop;
import org.mailchute.steps.PollTrouble;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.LogLines;

/** From a real FTP or FTPS server to mail received. */
class FtpJourneyTest {
    private static final String PASSWORD = "ftp-password";

    @RegisterExtension
    final Town town = new Town();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path drop;

    @BeforeEach
    void open() throws Exception {
        drop = town.folder("ftp");
    }

    @Test
    void aScanOnAnFtpServerIsFetchedOnceAndDeletedThere() throws Exception {
        try (FtpDrop server = FtpDrop.start(drop, "scanner", PASSWORD)) {
            start(server, "tls: false");
            Files.writeString(drop.resolve("report.bin"), "first");

            town.awaitReceived(1);
            await("deleted").until(() -> FilesIn.folder(drop).isEmpty());
            Files.writeString(drop.resolve("report.bin"), "second");
            town.awaitReceived(2);

            town.awaitEmptySpool();
            assertThat(Letters.text(town.received().get(0))).contains("Subject: report.bin");
        }
    }

    @Test
    void anFtpsServerOfATrustedAuthorityIsUsed() throws Exception {
        Certificates authority = new Certificates();
        try (FtpDrop server = tls(authority.server("localhost", "127.0.0.1"))) {
            start(server, trusting(authority));
            Files.writeString(drop.resolve("report.bin"), "over TLS");

            town.awaitReceived(1);
            await("deleted").until(() -> FilesIn.folder(drop).isEmpty());
        }
    }

    @Test
    void anImplicitFtpsServerIsUsed() throws Exception {
        Certificates authority = new Certificates();
        Path store = store(authority.server("localhost", "127.0.0.1"));
        try (FtpDrop server = FtpDrop.startTls(drop, "scanner", PASSWORD, store, "store", true)) {
            start(server, "tls: implicit, " + trusting(authority));
            Files.writeString(drop.resolve("report.bin"), "over TLS");

            town.awaitReceived(1);
            await("deleted").until(() -> FilesIn.folder(drop).isEmpty());
        }
    }

    @Test
    @DisplayName("P9: an FTPS server of an authority nobody trusts gets no password")
    void anFtpsServerOfAnotherAuthorityIsRefused() throws Exception {
        try (FtpDrop server = tls(new Certificates().server("localhost", "127.0.0.1"))) {
            refused(server, trusting(new Certificates()), "PKIX path");
        }
    }

    @Test
    @DisplayName("P9: an FTPS server whose certificate names another host gets no password")
    void anFtpsServerOfAnotherNameIsRefused() throws Exception {
        Certificates authority = new Certificates();
        try (FtpDrop server = tls(authority.server("ftp.elsewhere.example"))) {
            refused(server, trusting(authority), "No subject alternative names matching IP address 127.0.0.1 found");
        }
    }

    /** The log says it once, with the cause and without the password. */
    private void refused(FtpDrop server, String keys, String cause) throws Exception {
        Files.writeString(drop.resolve("report.bin"), "stays");
        try (LogLines log = LogLines.of(PollTrouble.class.getName())) {
            start(server, keys);
            await("three refusals").until(() -> server.sessions() > 3);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith("WARN intake plant cannot be polled")
                    .contains(cause)
                    .doesNotContain(PASSWORD);
        }
        assertThat(server.logins()).isZero();
        assertThat(FilesIn.folder(drop)).hasSize(1);
        assertThat(town.received()).isEmpty();
    }

    @Test
    void aRefusedLoginIsSaidOnce() throws Exception {
        try (LogLines log = LogLines.of(PollTrouble.class.getName())) {
            try (FtpDrop other = FtpDrop.start(drop, "scanner", "another password")) {
                start(other, "tls: false");
                await("two refusals").until(() -> other.logins() > 2);
                assertThat(log.lines())
                        .singleElement(as(STRING))
                        .contains(
                                ": the server answers PASS with \"530 Authentication failed.\"; check user and password");
            }
        }
    }

    private void start(FtpDrop server, String keys) throws Exception {
        Path secret = Files.writeString(town.folder("secrets").resolve("ftp"), PASSWORD);
        town.withIntake(
                        "  ftp:\n    - {name: plant, host: 127.0.0.1, port: %d, user: scanner, password: \"${file:%s}\", folder: \"\", %s, poll: 100ms, stableFor: 0s, from: scanner@contoso.example, to: [quality@partner.example], subject: \"${file}\", text: \"t\"}"
                                .formatted(server.port(), secret, keys))
                .start();
    }

    private FtpDrop tls(X509Bundle certificate) throws Exception {
        return FtpDrop.startTls(drop, "scanner", PASSWORD, store(certificate), "store", false);
    }

    private Path store(X509Bundle certificate) throws Exception {
        Path store = town.folder("secrets").resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            certificate.toKeyStore("store".toCharArray()).store(out, "store".toCharArray());
        }
        return store;
    }

    private String trusting(Certificates authority) throws Exception {
        return "trust: \"" + authority.trustFile(town.folder("secrets")) + '"';
    }
}
