package org.mailchute.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.credentials.ClientCertificate;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.SecretText;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.credentials.TokenSource;
import org.mailchute.smtp.ScriptedServer.Script;
import org.mailchute.smtp.SmtpPeer.Proof;
import org.mailchute.smtp.SmtpPeer.Tls;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.MovableClock;

/** From the connection to the login, with real TLS: what is proved, and what each failure looks like. */
class OpeningTest extends OverTls {
    private String send(Script script, Tls tls, Proof proof) throws IOException {
        return send("127.0.0.1", script, tls, ours, proof);
    }

    private static String send(String host, Script script, Tls tls, SSLContext context, Proof proof)
            throws IOException {
        try (ScriptedServer server = new ScriptedServer(script)) {
            return send(TestPeer.of(host, server.port(), tls, context, proof));
        }
    }

    private static String send(SmtpPeer peer) {
        try (SessionPool pool = new SessionPool(peer, new MovableClock(), () -> 50)) {
            return TestPeer.lines(TestPeer.send(pool, TestPeer.to("ann@contoso.com"), TestPeer.message("x")))
                    .get(0);
        }
    }

    private Script tls(Script afterEhlo) {
        return dialogue -> {
            dialogue.greet("STARTTLS");
            SSLSocket socket = dialogue.startTls(theirs);
            seen.add(socket.getSession().getProtocol());
            dialogue.ehlo("AUTH LOGIN XOAUTH2");
            afterEhlo.run(dialogue);
        };
    }

    @Test
    @DisplayName("P9: with STARTTLS the message crosses TLS 1.2 or newer")
    void aMessageCrossesTls() throws Exception {
        assertThat(send(tls(Dialogue::accept), Tls.REQUIRED, NOBODY)).isEqualTo(OK);
        assertThat(seen).containsExactly("TLSv1.3");
    }

    @Test
    @DisplayName("P9: a server that does not offer STARTTLS gets nothing")
    void aServerThatDoesNotOfferStartTlsGetsNothing() throws Exception {
        assertThat(send(Dialogue::greet, Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com STARTTLS no reply: STARTTLS not offered by 127.0.0.1");
    }

    @Test
    void aRefusedStartTlsIsTheAnswer() throws Exception {
        Script script = dialogue -> dialogue.greet("STARTTLS").on("STARTTLS", "454 4.7.0 TLS is away");
        assertThat(send(script, Tls.REQUIRED, NOBODY)).isEqualTo("ann@contoso.com STARTTLS 454 4.7.0 TLS is away");
    }

    @Test
    @DisplayName("P9: a certificate for another host name is refused")
    void aCertificateForAnotherNameIsRefused() throws Exception {
        theirs = certificates.serving(certificates.server("other.example"));
        assertThat(send("localhost", tls(Dialogue::accept), Tls.REQUIRED, ours, NOBODY))
                .startsWith("ann@contoso.com STARTTLS no reply: certificate of localhost:");
    }

    @Test
    @DisplayName("P9: a certificate of an unknown authority is refused")
    void aCertificateOfAnUnknownAuthorityIsRefused() throws Exception {
        SSLContext jvm = TlsContexts.of(Optional.empty(), Optional.empty());
        assertThat(send("127.0.0.1", tls(Dialogue::accept), Tls.REQUIRED, jvm, NOBODY))
                .startsWith("ann@contoso.com STARTTLS no reply: certificate of 127.0.0.1:")
                .contains("unable to find valid certification path");
    }

    @Test
    void optionalTlsTakesAnyCertificate() throws Exception {
        theirs = certificates.serving(certificates.server("other.example"));
        assertThat(send("localhost", tls(Dialogue::accept), Tls.OPTIONAL, TlsContexts.trustingAll(), NOBODY))
                .isEqualTo(OK);
        assertThat(seen).containsExactly("TLSv1.3");
    }

    @Test
    @DisplayName("P9: a secret does not cross a connection whose TLS is only optional")
    void aSecretDoesNotCrossOptionalTls() throws Exception {
        assertThat(send(dialogue -> dialogue.greet("AUTH XOAUTH2"), Tls.OPTIONAL, OAUTH))
                .isEqualTo("ann@contoso.com STARTTLS no reply: STARTTLS not offered by 127.0.0.1");
    }

    @Test
    void theClientCertificateIsSentWithItsChain() throws Exception {
        Clock now = Clock.systemUTC();
        X509Bundle client = certificates.client("mail.contoso.com", now.instant());
        Path chain = Files.writeString(folder.resolve("chain.pem"), client.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), client.getPrivateKeyPEM());
        SSLContext known = TlsContexts.of(
                Optional.of(certificates.trustFile(folder)), Optional.of(ClientCertificate.read(chain, key, now)));
        Script script = dialogue -> {
            dialogue.greet("STARTTLS");
            seen.add(dialogue.startTls(theirs).getSession().getPeerPrincipal().getName());
            dialogue.ehlo();
            dialogue.accept();
        };
        assertThat(send("127.0.0.1", script, Tls.REQUIRED, known, NOBODY)).isEqualTo(OK);
        assertThat(seen).containsExactly("CN=mail.contoso.com");
    }

    @Test
    void xoauth2IsSentAsMicrosoftDescribesIt() throws Exception {
        Script script = tls(dialogue -> {
            seen.add(dialogue.hear());
            dialogue.say("235 2.7.0 welcome");
            dialogue.accept();
        });
        assertThat(send(script, Tls.REQUIRED, OAUTH)).isEqualTo(OK);
        byte[] sent = Base64.getDecoder().decode(seen.get(1).substring("AUTH XOAUTH2 ".length()));
        assertThat(new String(sent, StandardCharsets.US_ASCII))
                .isEqualTo("user=scanner@contoso.com\u0001auth=Bearer tok.en\u0001\u0001");
    }

    @Test
    void theChallengeOfARefusedTokenIsAnsweredByAnEmptyLine() throws Exception {
        Script script = tls(dialogue -> {
            dialogue.on("AUTH XOAUTH2 ", "334 eyJzdGF0dXMiOiI0MDEifQ==");
            seen.add("<" + dialogue.hear() + ">");
            dialogue.say("535 5.7.3 Authentication unsuccessful");
        });
        assertThat(send(script, Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com AUTH 535 5.7.3 Authentication unsuccessful");
        assertThat(seen).containsExactly("TLSv1.3", "<>");
    }

    @Test
    void aTokenRefusedWithoutAChallengeIsUnderstoodAsWell() throws Exception {
        Script script = tls(
                dialogue -> dialogue.on("AUTH XOAUTH2 ", "535 5.7.3 Authentication unsuccessful [AM0PR01.example]"));
        assertThat(send(script, Tls.REQUIRED, OAUTH))
                .isEqualTo("ann@contoso.com AUTH 535 5.7.3 Authentication unsuccessful [AM0PR01.example]");
    }

    /** Entra's are of 1.5 to 4 KB. Base64 of mail would fold them (RFC 2045 section 6.8). */
    @Test
    void aLongTokenGoesInOneLine() throws Exception {
        String token = "e".repeat(4000);
        Proof proof = new Proof.OAuth("scanner@contoso.com", () -> new SecretText(token));
        Script script = tls(dialogue -> {
            seen.add(dialogue.hear());
            dialogue.say("235 2.7.0 welcome");
            dialogue.accept();
        });
        assertThat(send(script, Tls.REQUIRED, proof)).isEqualTo(OK);
        String plain = "user=scanner@contoso.com\u0001auth=Bearer " + token + "\u0001\u0001";
        assertThat(seen.get(1))
                .isEqualTo("AUTH XOAUTH2 "
                        + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aPasswordLogsInWithLogin() throws Exception {
        Proof password = new Proof.Password("scanner@contoso.com", new SecretText("pass"));
        Script script = tls(dialogue -> {
            dialogue.on("AUTH LOGIN", "334 VXNlcm5hbWU6");
            seen.add(dialogue.hear());
            dialogue.say("334 UGFzc3dvcmQ6");
            seen.add(dialogue.hear());
            dialogue.say("235 welcome");
            dialogue.accept();
        });
        assertThat(send(script, Tls.REQUIRED, password)).isEqualTo(OK);
        assertThat(seen).containsExactly("TLSv1.3", "c2Nhbm5lckBjb250b3NvLmNvbQ==", "cGFzcw==");
    }

    @Test
    void aServerThatOffersNoAuthGetsNoMessageOfOneWhoMustLogIn() throws Exception {
        assertThat(send(Dialogue::greet, Tls.NONE, OAUTH))
                .isEqualTo("ann@contoso.com AUTH no reply: AUTH XOAUTH2 not offered by 127.0.0.1");
        assertThat(send(dialogue -> dialogue.greet("AUTH NTLM"), Tls.NONE, OAUTH))
                .isEqualTo("ann@contoso.com AUTH no reply: AUTH XOAUTH2 not offered by 127.0.0.1");
    }

    @Test
    @DisplayName("P9: a login that the server repeats in its reply is hidden")
    void aLoginThatTheServerRepeatsIsHidden() throws Exception {
        Script script = dialogue -> {
            dialogue.greet("AUTH XOAUTH2");
            dialogue.say("500 what is " + dialogue.hear() + "?");
        };
        assertThat(send(script, Tls.NONE, OAUTH)).isEqualTo("ann@contoso.com AUTH 500 what is AUTH XOAUTH2 (hidden)?");
    }

    @Test
    void aConnectionLostDuringAuthSaysNothingAboutTheProof() throws Exception {
        Script script = dialogue -> dialogue.greet("AUTH XOAUTH2").hear();
        assertThat(send(script, Tls.NONE, OAUTH)).startsWith("ann@contoso.com CONNECT no reply: ");
    }

    @Test
    void noTokenStopsAtAuthAndAnAbsentEntraAtConnect() throws Exception {
        assertThat(send(TestPeer.plain(1, without(false))))
                .isEqualTo("ann@contoso.com AUTH no reply: the secret has expired; Make a new one.");
        assertThat(send(TestPeer.plain(1, without(true)))).startsWith("ann@contoso.com CONNECT no reply: ");
    }

    private static Proof without(boolean transientFault) {
        return new Proof.OAuth("scanner@contoso.com", () -> {
            throw new CredentialException(
                    "the secret has expired", "Make a new one.", transientFault, new IOException("test"));
        });
    }

    @Test
    void aServerThatIsNotThereIsSaidAtConnect() throws Exception {
        try (DeadPort nobody = new DeadPort()) {
            assertThat(send(TestPeer.plain(nobody.number())))
                    .startsWith("ann@contoso.com CONNECT no reply: no connection to 127.0.0.1:" + nobody.number());
        }
    }

    @Test
    void aRefusingGreetingIsTheAnswer() throws Exception {
        assertThat(send(dialogue -> dialogue.say("421 4.3.2 too many"), Tls.NONE, NOBODY))
                .isEqualTo("ann@contoso.com GREETING 421 4.3.2 too many");
        assertThat(send(dialogue -> {}, Tls.NONE, NOBODY)).startsWith("ann@contoso.com GREETING no reply: ");
    }

    /** 127.0.0.2 needs no set-up on Linux and Windows. */
    @Test
    @DisabledOnOs(OS.MAC)
    void aConnectorThatKnowsUsByAddressSeesTheAddressThatIsSet() throws Exception {
        try (ScriptedServer server = new ScriptedServer(dialogue -> {
            seen.add(dialogue.client());
            dialogue.greet();
            dialogue.accept();
        })) {
            assertThat(send(TestPeer.from("127.0.0.2", server.port()))).isEqualTo(OK);
        }
        assertThat(seen).containsExactly("127.0.0.2");
    }

    @Test
    void aRefusedTokenIsGivenBackToItsSource() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        TokenSource source = new TokenSource() {
            @Override
            public SecretText token() {
                return new SecretText("tok.en");
            }

            @Override
            public void refused() {
                refused.incrementAndGet();
            }
        };
        Script script = dialogue -> dialogue.greet("AUTH XOAUTH2")
                .on("AUTH", "535 5.7.3 Authentication unsuccessful")
                .hear();
        try (ScriptedServer server = new ScriptedServer(script)) {
            SmtpPeer peer = TestPeer.plain(server.port(), new Proof.OAuth("scanner@contoso.com", source));
            assertThatThrownBy(() -> KeptSession.open(peer, new MovableClock())).isInstanceOf(SessionFault.class);
        }
        assertThat(refused).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"501 5.5.127 Token will expire soon", "535 5.7.142 old", "535 5.7.143 old"})
    void aTokenThatHasAgedIsReplacedAtOnce(String refusal) throws Exception {
        Iterator<String> tokens = List.of("old", "fresh", "fresher").iterator();
        Proof proof = new Proof.OAuth("scanner@contoso.com", () -> new SecretText(tokens.next()));
        Iterator<String> replies = List.of(refusal, "235 2.7.0 welcome").iterator();
        Script script = dialogue -> {
            dialogue.greet("AUTH XOAUTH2").on("AUTH XOAUTH2 ", replies.next());
            dialogue.accept();
        };
        assertThat(send(script, Tls.NONE, proof)).isEqualTo(OK);
        assertThat(tokens.next()).isEqualTo("fresher");
    }

    @Test
    void aFreshTokenThatIsRefusedLikewiseIsTheAnswer() throws Exception {
        String refusal = "501 5.5.127 Token will expire soon";
        Script script = dialogue -> dialogue.greet("AUTH XOAUTH2").on("AUTH XOAUTH2 ", refusal);
        assertThat(send(script, Tls.NONE, OAUTH)).isEqualTo("ann@contoso.com AUTH " + refusal);
    }

    @Test
    void noDelayHoldsAfterStartTls() throws Exception {
        try (ScriptedServer server = new ScriptedServer(tls(Dialogue::hear))) {
            SmtpPeer peer = TestPeer.of("127.0.0.1", server.port(), Tls.REQUIRED, ours, NOBODY);
            Wire wire = new Wire(
                    new MovableClock(),
                    InetAddress.getLoopbackAddress(),
                    peer.times().reply());
            SessionLogin login = SessionLogin.of(NOBODY);
            SmtpTransport transport = new SmtpTransport(peer, login, ours, wire);
            transport.open();
            Socket socket = wire.socket();
            assertThat(socket).isInstanceOf(SSLSocket.class);
            assertThat(socket.getTcpNoDelay()).isTrue();
            transport.quit();
        }
    }

    @Test
    @DisplayName("P9: a session does not print its login")
    void aSessionDoesNotPrintItsLogin() throws Exception {
        Script script = dialogue ->
                dialogue.greet("AUTH XOAUTH2").on("AUTH", "235 welcome").hear();
        try (ScriptedServer server = new ScriptedServer(script)) {
            SmtpPeer peer = TestPeer.plain(server.port(), OAUTH);
            SessionLogin login = SessionLogin.of(OAUTH);
            SmtpTransport transport = new SmtpTransport(
                    peer,
                    login,
                    ours,
                    new Wire(
                            new MovableClock(),
                            InetAddress.getLoopbackAddress(),
                            peer.times().reply()));
            transport.open();
            assertThat(transport.toString() + peer + login).doesNotContain("tok.en");
            transport.quit();
        }
    }

    /** What it says is a race: the server closes behind its alert, and a reset may overtake the alert on its way to us. */
    @Test
    void aClientCertificateThatTheServerDoesNotTrustFailsAtStartTls() throws Exception {
        Clock now = Clock.systemUTC();
        X509Bundle stranger = new Certificates().client("mail.contoso.com", now.instant());
        Path chain = Files.writeString(folder.resolve("chain.pem"), stranger.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), stranger.getPrivateKeyPEM());
        SSLContext unknown = TlsContexts.of(
                Optional.of(certificates.trustFile(folder)), Optional.of(ClientCertificate.read(chain, key, now)));
        Script script = dialogue -> dialogue.greet("STARTTLS").startTls(theirs);
        assertThat(send("127.0.0.1", script, Tls.REQUIRED, unknown, NOBODY))
                .startsWith("ann@contoso.com STARTTLS no reply: ");
    }
}
