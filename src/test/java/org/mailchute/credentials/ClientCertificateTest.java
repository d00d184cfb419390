package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.MovableClock;

class ClientCertificateTest {
    private final MovableClock clock = new MovableClock();

    @TempDir
    Path folder;

    private X509Bundle ours;
    private Path chain;
    private Path key;

    @BeforeEach
    void write() throws Exception {
        ours = new Certificates().client("mail.contoso.com", clock.instant());
        chain = Files.writeString(folder.resolve("chain.pem"), ours.getCertificatePathPEM());
        key = Files.writeString(folder.resolve("key.pem"), ours.getPrivateKeyPEM());
    }

    @Test
    void chainAndKeyAreRead() throws Exception {
        ClientCertificate read = ClientCertificate.read(chain, key, clock);
        assertThat(read.getCertificateChain("client")).containsExactly(ours.getCertificatePath());
        assertThat(read.expires()).isEqualTo(ours.getCertificate().getNotAfter().toInstant());
    }

    @Test
    void itIsOfferedWhicheverIssuersTheServerNames() throws Exception {
        ClientCertificate read = ClientCertificate.read(chain, key, clock);
        assertThat(read.chooseClientAlias(new String[] {"EC"}, null, null)).isNotNull();
        assertThat(read.chooseClientAlias(new String[] {"RSA"}, null, null)).isNull();
    }

    @Test
    void anExpiredCertificateSaysUntilWhenItWasValid() {
        clock.move(Duration.ofDays(2));
        assertThatThrownBy(() -> ClientCertificate.read(chain, key, clock))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("expired at 2026-11-24T12:00:00Z");
    }

    @Test
    void anotherCertificatesKeyIsRefused() throws Exception {
        X509Bundle other = new Certificates().client("mail.contoso.com", clock.instant());
        Files.writeString(key, other.getPrivateKeyPEM());
        assertThatThrownBy(() -> ClientCertificate.read(chain, key, clock))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("does not match");
    }

    @Test
    void aKeyInAnOlderFormatSaysHowToConvertIt() throws Exception {
        Files.writeString(key, "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ClientCertificate.read(chain, key, clock))
                .isInstanceOfSatisfying(
                        CredentialException.class, e -> assertThat(e.remedy()).contains("openssl pkcs8"));
    }

    @Test
    void aFileThatIsMissingOrHoldsNoCertificateIsNamed() throws Exception {
        assertThatThrownBy(() -> ClientCertificate.read(folder.resolve("none.pem"), key, clock))
                .hasMessageContaining("none.pem cannot be read");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> ClientCertificate.read(empty, key, clock))
                .hasMessageContaining("empty.pem holds no certificate");
    }
}
