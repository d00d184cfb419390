package org.mailchute.credentials;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.DeadPort;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;

/** Tokens from an Entra on loopback, over real TLS. */
class EntraTokenSourceTest {
    private static final String SECRET = "hush~hush.value";

    /** Begins at the machine's time, because msal4j reckons a token's end by that. */
    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    @SuppressWarnings("NullAway.Init") // certify()
    private static Certificates certificates;

    @SuppressWarnings("NullAway.Init") // certify()
    private static X509Bundle server;

    private LoopbackEntra entra;
    private EntraTokenSource source;

    @BeforeAll
    static void certify() throws Exception {
        certificates = new Certificates();
        server = certificates.server("localhost", "127.0.0.1");
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        entra = new LoopbackEntra(certificates.serving(server));
        source = source(entra.authority(), Optional.of(certificates.trustFile(folder)), Patience.LONGEST);
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    private EntraTokenSource source(String authority, Optional<Path> trust, Duration timeout) {
        // msal4j keeps refusals by client id for two minutes, so each test is a client of its own
        EntraApp app = new EntraApp(
                authority,
                UUID.randomUUID().toString(),
                new AppProof.Secret(new SecretText(SECRET)),
                "https://outlook.office365.com/.default");
        return EntraTokenSource.of(app, new RenewedTls(trust, Optional.empty(), clock), timeout, clock);
    }

    private CredentialException refusal() {
        return requireNonNull(catchThrowableOfType(CredentialException.class, source::token));
    }

    @Test
    void aTokenIsAskedForOnceAndThenKept() throws Exception {
        assertThat(source.token().reveal()).isEqualTo("token-1");
        assertThat(source.token().reveal()).isEqualTo("token-1");
        assertThat(entra.requests()).isEqualTo(1);
        assertThat(entra.heard())
                .contains("grant_type=client_credentials")
                .contains("https%3A%2F%2Foutlook.office365.com%2F.default");
    }

    @Test
    void aTokenThatTheServerRefusedIsNotUsedAgain() throws Exception {
        source.token();
        source.refused();

        assertThat(source.token().reveal()).isEqualTo("token-2");
    }

    @Test
    void aTokenIsRenewedBeforeMicrosoftRefusesIt() throws Exception {
        LoopbackEntra.Given given = entra.given(source);
        clock.set(given.surelyFor(EntraTokenSource.EARLY));
        assertThat(source.token().reveal()).isEqualTo("token-1");
        clock.set(given.surelyNotFor(EntraTokenSource.EARLY));
        assertThat(source.token().reveal()).isEqualTo("token-2");
    }

    @Test
    void aTokenIsRenewedEarlierThanMicrosoftWasSeenToRefuseIt() {
        assertThat(EntraTokenSource.EARLY).isGreaterThan(Duration.ofSeconds(512));
    }

    @Test
    void whileEntraIsAwayAnOldTokenServesUntilItsEnd() throws Exception {
        LoopbackEntra.Given given = entra.given(source);
        entra.fails(503, "away");
        clock.set(given.surelyNotFor(EntraTokenSource.EARLY));
        assertThat(source.token().reveal()).isEqualTo("token-1");
        clock.set(given.surelyNotFor(Duration.ZERO));
        assertThat(refusal().transientFault()).isTrue();
    }

    @Test
    void manyWhoAskAtOnceMakeOneRequest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        entra.waitsFor(gate);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<SecretText>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(threads.submit(source::token));
        }
        await().until(() -> entra.requests() == 1);
        gate.countDown();
        for (Future<SecretText> answer : answers) {
            assertThat(answer.get().reveal()).isEqualTo("token-1");
        }
        assertThat(entra.requests()).isEqualTo(1);
        threads.shutdown();
    }

    @ParameterizedTest
    @CsvSource({
        "7000215, the client secret is wrong, Secret ID",
        "7000222, the client secret has expired, new client secret",
        "700016, the application is not known in this tenant, client id",
        "90002, the tenant does not exist, tenant",
        "65001, nobody has consented, SMTP.SendAsApp",
        "700212, the federated token is for another audience, api://AzureADTokenExchange",
        "700021, is not one for this application, client id",
        "700023, is not one for this application, tenant",
        "50013, is not one for this application, newly issued",
        "50027, is not one for this application, newly issued",
        "28000, the scope names several resources, one scope",
        "70011, the scope names several resources, one scope",
        "53003, Conditional Access blocks the login, Sign-in logs",
        "700027, does not know this certificate, Certificates & secrets",
        "700213, does not know this certificate or federated token, federated credential",
        "700024, is not valid at this time, clock",
        "7000112, the application is disabled, Enterprise applications",
        "99999, the login was refused, Look the code up"
    })
    void aRefusalSaysInPlainWordsWhatIsWrongAndWhatToDo(String code, String sentence, String remedy) {
        entra.fails(401, "AADSTS" + code + ": text of Microsoft's");
        assertThat(refusal())
                .hasMessageContaining(sentence)
                .hasMessageContaining("AADSTS" + code)
                .satisfies(e -> assertThat(e.remedy()).contains(remedy))
                .satisfies(e -> assertThat(e.transientFault()).isFalse());
    }

    @Test
    void anEntraThatDoesNotAnswerIsGivenUpInTime(@TempDir Path folder) throws Exception {
        entra.waitsFor(new CountDownLatch(1));
        source = source(entra.authority(), Optional.of(certificates.trustFile(folder)), Duration.ofMillis(300));
        assertThat(refusal()).hasMessageContaining("cannot be reached in time");
        assertThat(refusal().transientFault()).isTrue();
    }

    @Test
    void whoeverAnswersForEntraWithoutEndIsLeftAndTold() {
        entra.talksOn();
        assertThat(refusal()).hasMessageContaining("127.0.0.1 answers with more than 1048576 octets");
        assertThat(refusal().transientFault()).isTrue();
        await().until(entra::leftAlone);
    }

    @Test
    void anAnswerThatBeginsAndDoesNotGoOnIsLeftInTime(@TempDir Path folder) throws Exception {
        entra.falters();
        source = source(entra.authority(), Optional.of(certificates.trustFile(folder)), Duration.ofMillis(300));
        await("a machine that is slow now gives up before it has asked").until(() -> {
            assertThat(refusal()).hasMessageContaining("cannot be reached in time");
            return entra.leftAlone();
        });
    }

    @Test
    void anEntraThatIsNotThereIsATransientFault() throws Exception {
        try (DeadPort port = new DeadPort()) {
            source = source("https://127.0.0.1:" + port.number() + "/t/", Optional.empty(), Patience.LONGEST);
            assertThat(refusal().transientFault()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 <html>Please log in to this network</html>",
                "200 {\"token_type\":\"Bear",
                "200 []",
                "200 OK",
                "200 {}",
                "200 {\"error\":\"blocked\"}",
                "200 {\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"\"}",
                "200 {\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":5}",
                "200 {\"token_type\":\"Bearer\",\"expires_in\":\"soon\",\"access_token\":\"token\"}",
                "201 {\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"token\"}",
                "302 <html>Moved</html>",
                "400 {}",
                "400 []",
                "400 {\"error\":{\"code\":\"x\"}}",
                "401 ",
                "401 {\"error\":\"Unauthorized\"}",
                "403 <html>Blocked by the firewall</html>",
                "404 <html>Not here</html>",
                "407 <html>Proxy</html>"
            })
    @DisplayName("P5: whoever answers in Entra's place has refused nobody, and passes")
    void anAnswerThatIsNotEntrasIsATransientFault(String answer) {
        String status = answer.substring(0, 3);
        entra.says(Integer.parseInt(status), answer.substring(4));
        assertThat(refusal())
                .hasMessageContaining("127.0.0.1 answers " + status + " with what is no answer of Entra's");
        assertThat(refusal().transientFault()).isTrue();
        assertThat(refusal().remedy()).contains("a proxy or portal may answer in its place");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "408 <html>Slow</html>",
                "429 <html>Too often</html>",
                "429 {}",
                "500 <html>Oh</html>",
                "503 ",
                "503 {\"error\":\"x\",\"error_description\":\"AADSTS7000215\"}",
                "511 <html>Log in</html>"
            })
    @DisplayName("P5: an Entra that says not now, or a page that does, has refused nobody")
    void anAnswerThatSaysNotNowIsATransientFault(String answer) {
        String status = answer.substring(0, 3);
        entra.says(Integer.parseInt(status), answer.substring(4));
        assertThat(refusal()).hasMessageContaining("127.0.0.1 answers " + status);
        assertThat(refusal().transientFault()).isTrue();
    }

    @Test
    void aRefusalByWhichEntraMeansItselfIsATransientFault() {
        entra.says(400, "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90033: x\"}");
        assertThat(refusal().transientFault()).isTrue();
    }

    @Test
    void aByteOrderMarkBeforeWhatEntraSaysChangesNothing() throws Exception {
        entra.says(401, "\uFEFF{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: x\"}");
        assertThat(refusal()).hasMessageContaining("the client secret is wrong");
        entra.says(200, "\uFEFF{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"token\"}");
        assertThat(source.token().reveal()).isEqualTo("token");
    }

    @Test
    void anEntraWithAStrangersCertificateGetsNoSecret() throws Exception {
        source = source(entra.authority(), Optional.empty(), Patience.LONGEST);
        assertThat(refusal()).hasMessageContaining("certificate of 127.0.0.1 is not accepted");
        assertThat(entra.requests()).isZero();
    }

    @Test
    @DisplayName("P9: a secret that Entra repeats shows in no message and no stack trace")
    void aSecretThatEntraRepeatsIsNotShown() {
        entra.fails(401, "AADSTS7000215: wrong secret " + SECRET);
        StringWriter trace = new StringWriter();
        refusal().printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("the client secret is wrong").doesNotContain(SECRET);
    }
}
