package org.mailchute.credentials;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.pkitesting.X509Bundle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;

/** What each kind of proof sends to Entra, read at the other end of a real TLS connection. */
class AppProofTest {
    private static final String SCOPE = "https://outlook.office365.com/.default";

    /** Begins at the machine's time, because msal4j reckons a token's end by that. */
    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    private final String clientId = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    private Certificates certificates;
    private LoopbackEntra entra;

    @BeforeEach
    void start() throws Exception {
        certificates = new Certificates();
        entra = new LoopbackEntra(certificates.serving(certificates.server("localhost", "127.0.0.1")));
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    private EntraTokenSource source(AppProof proof) throws Exception {
        return EntraTokenSource.of(
                new EntraApp(entra.authority(), clientId, proof, SCOPE),
                new RenewedTls(Optional.of(certificates.trustFile(folder)), Optional.empty(), clock),
                Patience.LONGEST,
                clock);
    }

    private Map<String, String> asked(AppProof proof) throws Exception {
        assertThat(source(proof).token().reveal()).startsWith("token-");
        return form(entra.heard());
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private CredentialException refusal(AppProof proof) throws Exception {
        return requireNonNull(catchThrowableOfType(CredentialException.class, source(proof)::token));
    }

    private static CertificateFiles.Pem pem(Path folder, X509Bundle ours) throws Exception {
        return new CertificateFiles.Pem(
                Files.writeString(folder.resolve("chain.pem"), ours.getCertificatePathPEM()),
                Files.writeString(folder.resolve("key.pem"), ours.getPrivateKeyPEM()));
    }

    private CertificateFiles.Pkcs12 pkcs12(X509Bundle ours, String password) throws Exception {
        Path file = folder.resolve("app.pfx");
        try (var out = Files.newOutputStream(file)) {
            ours.toKeyStore(password.toCharArray()).store(out, password.toCharArray());
        }
        return new CertificateFiles.Pkcs12(file, new SecretText(password));
    }

    private static JsonNode part(String jwt, int number) throws Exception {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[number]));
    }

    @Test
    void aClientSecretIsSentAsItIs() throws Exception {
        assertThat(asked(new AppProof.Secret(new SecretText("hush~hush"))))
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", clientId)
                .containsEntry("client_secret", "hush~hush")
                .doesNotContainKey("client_assertion")
                .satisfies(form -> assertThat(form.get("scope")).contains(SCOPE));
    }

    @Test
    void aCertificateSignsAnAssertionForThisAppAndThisEndpoint() throws Exception {
        X509Bundle ours = certificates.app("mailchute");
        Map<String, String> form = asked(new AppProof.Certificate(pem(folder, ours)));
        assertThat(form)
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", clientId)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret")
                .satisfies(asked -> assertThat(asked.get("scope")).contains(SCOPE));
        String assertion = requireNonNull(form.get("client_assertion"));
        assertThat(part(assertion, 1).get("sub").asText()).isEqualTo(clientId);
        assertThat(part(assertion, 1).get("iss").asText()).isEqualTo(clientId);
        assertThat(part(assertion, 1).get("aud").asText()).isEqualTo(entra.authority() + "oauth2/v2.0/token");
        assertSigned(assertion, ours);
    }

    /** The chain goes along (x5c), for applications that know us by subject name and issuer. */
    private static void assertSigned(String assertion, X509Bundle ours) throws Exception {
        assertThat(part(assertion, 0).get("x5c").get(0).asText())
                .isEqualTo(
                        Base64.getEncoder().encodeToString(ours.getCertificate().getEncoded()));
        int dot = assertion.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(ours.getCertificate());
        signature.update(assertion.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(assertion.substring(dot + 1))))
                .isTrue();
    }

    @Test
    void aPkcs12FileDoesAsWell() throws Exception {
        X509Bundle ours = certificates.app("mailchute");
        Map<String, String> form = asked(new AppProof.Certificate(pkcs12(ours, "pass word")));
        assertSigned(requireNonNull(form.get("client_assertion")), ours);
    }

    @Test
    void aRenewedCertificateSignsTheNextRequest() throws Exception {
        CertificateFiles.Pem files = pem(folder, certificates.app("mailchute"));
        EntraTokenSource source = source(new AppProof.Certificate(files));
        LoopbackEntra.Given given = entra.given(source);
        X509Bundle renewed = certificates.app("mailchute");
        pem(folder, renewed);
        clock.set(given.surelyNotFor(EntraTokenSource.EARLY));
        source.token();
        assertSigned(requireNonNull(form(entra.heard()).get("client_assertion")), renewed);
    }

    @Test
    void aCertificateThatExpiresIsToldAndNotUsed() throws Exception {
        CertificateFiles.Pem files = pem(folder, certificates.app("mailchute"));
        clock.move(Duration.ofDays(2));
        CredentialException refusal = refusal(new AppProof.Certificate(files));
        assertThat(refusal).hasMessageContaining("chain.pem expired at");
        assertThat(refusal.transientFault()).isFalse();
        assertThat(entra.requests()).isZero();
    }

    @Test
    void aCertificateWithAnEllipticKeyIsToldToBeNoUseForEntra() throws Exception {
        CertificateFiles.Pem files = pem(folder, certificates.client("mailchute", clock.instant()));
        assertThat(refusal(new AppProof.Certificate(files)).remedy()).contains("RSA");
    }

    @Test
    void aPkcs12FileSaysWhatIsWrongWithItAndNotItsPassword() throws Exception {
        CertificateFiles.Pkcs12 files = pkcs12(certificates.app("mailchute"), "right");
        AppProof wrong = new AppProof.Certificate(new CertificateFiles.Pkcs12(files.file(), new SecretText("wr0ng")));
        assertThat(refusal(wrong))
                .hasMessageContaining("the password does not open")
                .hasMessageNotContaining("wr0ng");
        Files.writeString(files.file(), "no such thing");
        assertThat(refusal(new AppProof.Certificate(files))).hasMessageContaining("app.pfx is no PKCS #12 file");
        Files.delete(files.file());
        assertThat(refusal(new AppProof.Certificate(files))).hasMessageContaining("app.pfx cannot be read");
        assertThat(files.toString() + wrong).doesNotContain("wr0ng").doesNotContain("right");
    }

    /** As Kubernetes projects it: issuer and subject are not the application. */
    private static String projected(String number) {
        String payload = """
                {"iss":"https://cluster.example","sub":"system:serviceaccount:mail:mailchute","jti":"%s",
                "aud":["api://AzureADTokenExchange"],"exp":4102444800}""".formatted(number);
        return Stream.of("{\"alg\":\"RS256\",\"kid\":\"1\"}", payload, "signature")
                .map(part -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(part.getBytes(StandardCharsets.US_ASCII)))
                .collect(Collectors.joining("."));
    }

    @Test
    void aFederatedTokenIsReadForEveryRequest() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), projected("one") + "\n");
        EntraTokenSource source = source(new AppProof.FederatedToken(file));
        source.token();
        assertThat(form(entra.heard()))
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", clientId)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .containsEntry("client_assertion", projected("one"));
        Files.writeString(file, projected("two") + "\n");
        clock.move(Duration.ofMinutes(56));
        source.token();
        assertThat(form(entra.heard())).containsEntry("client_assertion", projected("two"));
    }

    @Test
    void aFederatedTokenThatIsMissingOrNoneIsToldByItsFile() throws Exception {
        Path file = folder.resolve("token");
        assertThat(refusal(new AppProof.FederatedToken(file))).hasMessageContaining(file + " cannot be read");
        Files.writeString(file, "<html>sign in</html>");
        assertThat(refusal(new AppProof.FederatedToken(file))).hasMessageContaining(file + " holds no token");
        Files.writeString(file, "eyJhbGciOi.broken.token");
        assertThat(refusal(new AppProof.FederatedToken(file))).hasMessageContaining(file + " holds no token");
        assertThatThrownBy(() -> new AppProof.FederatedToken(file).check(clock))
                .hasMessageContaining(file + " holds no token");
    }

    @Test
    void anAssertionThatEntraRepeatsIsNotShown() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), projected("one"));
        entra.fails(401, "AADSTS700211: no rule for " + projected("one"));
        CredentialException refusal = refusal(new AppProof.FederatedToken(file));
        assertThat(refusal).hasMessageContaining("AADSTS700211");
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("eyJ");
    }
}
