package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.credentials.ClientCertificate;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.MovableClock;

/** STARTTLS with servers that are out of date, or that ask for a certificate in a way Java's own key manager ignores. */
class HandshakeTest {
    private static final String OK = "ann@contoso.com END_OF_DATA 250 2.0.0 queued";
    private static final String NOTHING = "no certificate";

    @TempDir
    Path folder;

    /** The machine's time, because Java's TLS knows no other. */
    private final Instant now = Clock.systemUTC().instant();

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private X509Bundle theirAuthority;
    private Path trust;

    @BeforeEach
    void issue() throws Exception {
        theirAuthority = authority("CN=Their Authority");
        trust = Files.writeString(folder.resolve("trust.pem"), theirAuthority.getCertificatePEM());
    }

    private CertificateBuilder valid(String subject) {
        return new CertificateBuilder()
                .ecp256()
                .subject(subject)
                .notBefore(now.minus(Duration.ofDays(2)))
                .notAfter(now.plus(Duration.ofDays(1)));
    }

    private X509Bundle authority(String name) throws Exception {
        return valid(name).setIsCertificateAuthority(true).buildSelfSigned();
    }

    private CertificateBuilder server() {
        return valid("CN=localhost").addSanDnsName("localhost");
    }

    /** Takes any client, and names its own authority only in the list of those it wants. */
    private SSLContext serving(X509Bundle server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                Certificates.keys(server.getKeyPair().getPrivate(), server.getCertificatePath()),
                new TrustManager[] {new NamesOnly(theirAuthority.getCertificate())},
                null);
        return context;
    }

    private String send(SSLContext theirs, SSLContext ours, String... protocols) throws Exception {
        try (ScriptedServer server = new ScriptedServer(dialogue -> {
                    dialogue.greet("STARTTLS");
                    shown.addAll(certificates(dialogue.startTls(theirs, protocols)));
                    dialogue.ehlo();
                    dialogue.accept();
                });
                SessionPool pool = new SessionPool(
                        TestPeer.of("localhost", server.port(), Tls.REQUIRED, ours, new Proof.Anonymous()),
                        new MovableClock(),
                        () -> 50)) {
            return TestPeer.lines(TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("x")))
                    .get(0);
        }
    }

    private static List<String> certificates(SSLSocket socket) throws IOException {
        try {
            return List.of(socket.getSession().getPeerCertificates()).stream()
                    .map(HandshakeTest::subject)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(NOTHING);
        }
    }

    private static String subject(Certificate certificate) {
        return ((X509Certificate) certificate).getSubjectX500Principal().getName();
    }

    @Test
    @DisplayName("P9: a server's certificate that has expired is refused")
    void anExpiredServerCertificateIsRefused() throws Exception {
        X509Bundle expired = server().notAfter(now.minus(Duration.ofDays(1))).buildIssuedBy(theirAuthority);
        assertThat(send(serving(expired), TlsContexts.of(Optional.of(trust), Optional.empty()), "TLSv1.3"))
                .startsWith("ann@contoso.com STARTTLS no reply: certificate of localhost:")
                .contains("NotAfter");
        assertThat(shown).isEmpty();
    }

    @Test
    @DisplayName("P9: a server that leaves out its intermediate certificate is refused, as Java fetches none")
    void aServersChainMustBeWhole() throws Exception {
        X509Bundle between = valid("CN=Middle").setIsCertificateAuthority(true).buildIssuedBy(theirAuthority);
        X509Bundle whole = server().buildIssuedBy(between);
        SSLContext ours = TlsContexts.of(Optional.of(trust), Optional.empty());

        assertThat(send(showing(whole, whole.getCertificate()), ours, "TLSv1.3"))
                .startsWith("ann@contoso.com STARTTLS no reply: certificate of localhost:");
        assertThat(send(showing(whole, whole.getCertificate(), between.getCertificate()), ours, "TLSv1.3"))
                .isEqualTo(OK);
    }

    private static SSLContext showing(X509Bundle server, X509Certificate... chain) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(Certificates.keys(server.getKeyPair().getPrivate(), chain), null, null);
        return context;
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, EC", "TLSv1.3, EC", "TLSv1.2, RSA", "TLSv1.3, RSA"})
    @DisplayName(
            "Our certificate goes out with its chain though the server names other issuers and it is for servers only")
    void ourCertificateGoesOutWhicheverIssuersTheServerNames(String protocol, String kind) throws Exception {
        X509Bundle root = authority("CN=Our Root");
        X509Bundle between =
                valid("CN=Our Intermediate").setIsCertificateAuthority(true).buildIssuedBy(root);
        CertificateBuilder ours = valid("CN=mail.contoso.com").addExtendedKeyUsageServerAuth();
        X509Bundle own = (kind.equals("RSA") ? ours.keyPair(Certificates.rsa()) : ours).buildIssuedBy(between);
        Path chain = Files.writeString(
                folder.resolve("chain.pem"), own.getCertificatePEM() + "\n" + between.getCertificatePEM());
        Path key = Files.writeString(folder.resolve("key.pem"), own.getPrivateKeyPEM());
        ClientCertificate read = ClientCertificate.read(chain, key, Clock.systemUTC());

        SSLContext theirs = serving(server().buildIssuedBy(theirAuthority));
        assertThat(send(theirs, TlsContexts.of(Optional.of(trust), Optional.of(read)), protocol))
                .isEqualTo(OK);
        assertThat(shown).containsExactly("CN=mail.contoso.com", "CN=Our Intermediate");

        shown.clear();
        assertThat(send(theirs, javasOwn(own), protocol)).isEqualTo(OK);
        assertThat(shown)
                .as("why we have a key manager of our own: Java's keeps silent")
                .containsExactly(NOTHING);
    }

    private SSLContext javasOwn(X509Bundle own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = Certificates.keys(own.getKeyPair().getPrivate(), own.getCertificatePath());
        context.init(keys, theirAuthority.toTrustManagerFactory().getTrustManagers(), null);
        return context;
    }

    /** Accepts every client; what it asks for is another matter. */
    private static final class NamesOnly extends X509ExtendedTrustManager {
        private final X509Certificate named;

        NamesOnly(X509Certificate named) {
            this.named = named;
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {named};
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    }
}
