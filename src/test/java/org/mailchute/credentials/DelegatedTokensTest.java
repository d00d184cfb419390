package org.mailchute.credentials;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.MovableClock;
import org.mailchute.testing.Patience;

/** A person's sign-in: asked for once, then renewed without the person. */
class DelegatedTokensTest {
    private static final String SCOPE = "https%3A%2F%2Foutlook.office.com%2FSMTP.Send";

    /** Begins at the machine's time, because msal4j reckons a token's end by that. */
    private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());

    private final List<String> told = new ArrayList<>();

    private LoopbackEntra entra;
    private DelegatedApp app;
    private TokenFile kept;
    private RenewedTls tls;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates();
        entra = new LoopbackEntra(certificates.serving(certificates.server("localhost", "127.0.0.1")));
        // msal4j keeps refusals by client id for two minutes, so each test is a client of its own
        app = new DelegatedApp(
                entra.authority(),
                UUID.randomUUID().toString(),
                "https://outlook.office.com/SMTP.Send",
                "mailchute login mailbox",
                Optional.empty());
        kept = new TokenFile(folder.resolve("tokens").resolve("mailbox"));
        tls = new RenewedTls(Optional.of(certificates.trustFile(folder)), Optional.empty(), clock);
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    private String signIn() throws Exception {
        return new SignIn(app, kept, tls, Patience.LONGEST).run(told::add);
    }

    private EntraTokenSource source() {
        return EntraTokenSource.delegated(app, kept, tls, Patience.LONGEST, clock);
    }

    private CredentialException refusal(EntraTokenSource source) {
        return requireNonNull(catchThrowableOfType(CredentialException.class, source::token));
    }

    @Test
    void theDeviceCodeIsExchangedForAToken() throws Exception {
        assertThat(signIn()).isEqualTo("ann@contoso.com");
        assertThat(told).containsExactly("Enter ABCD.");
        assertThat(entra.heard())
                .contains("grant_type=device_code", "device_code=device", "client_id=" + app.clientId(), SCOPE)
                .contains("offline_access")
                .doesNotContain("client_secret", "client_assertion");
    }

    @Test
    void theTokenOfTheSignInServesWithoutAnotherRequest() throws Exception {
        signIn();
        int before = entra.requests();
        assertThat(source().token().reveal()).isEqualTo("token-2");
        assertThat(entra.requests()).isEqualTo(before);
    }

    @Test
    void aTokenIsRenewedWithoutThePersonAndEachRefreshTokenLeadsToTheNext() throws Exception {
        signIn();
        EntraTokenSource source = source();
        LoopbackEntra.Given first = entra.given(source);
        clock.set(first.surelyNotFor(EntraTokenSource.EARLY));
        LoopbackEntra.Given second = entra.given(source);
        assertThat(second.token()).isEqualTo("token-3");
        assertThat(entra.heard()).contains("grant_type=refresh_token", "refresh_token=refresh-2", SCOPE);
        clock.set(second.surelyNotFor(EntraTokenSource.EARLY));
        assertThat(source.token().reveal()).isEqualTo("token-4");
        assertThat(entra.heard()).contains("refresh_token=refresh-3");
        assertThat(Files.readString(kept.path())).contains("refresh-4").doesNotContain("refresh-3");
    }

    @Test
    void aSignInThatHasEndedSaysWhichCommandSignsInAgain() throws Exception {
        signIn();
        EntraTokenSource source = source();
        LoopbackEntra.Given given = entra.given(source);
        entra.ended("AADSTS50173: The provided grant has expired due to it being revoked.");
        clock.set(given.surelyNotFor(Duration.ZERO));
        CredentialException refusal = refusal(source);
        assertThat(refusal).hasMessageContaining("the sign-in is no longer valid (AADSTS50173)");
        assertThat(refusal.remedy()).isEqualTo("Run: mailchute login mailbox");
        assertThat(refusal.transientFault()).isFalse();
    }

    @Test
    void whileEntraIsAwayTheTokenServesUntilItsEndAndThenWaitingHelps() throws Exception {
        signIn();
        EntraTokenSource source = source();
        LoopbackEntra.Given given = entra.given(source);
        entra.fails(503, "away");
        clock.set(given.surelyNotFor(EntraTokenSource.EARLY));
        assertThat(source.token().reveal()).isEqualTo("token-2");
        clock.set(given.surelyNotFor(Duration.ZERO));
        assertThat(refusal(source).transientFault()).isTrue();
    }

    @Test
    @DisplayName("P5: whoever answers in Entra's place has ended no sign-in")
    void anAnswerThatIsNotEntrasEndsNoSignIn() throws Exception {
        signIn();
        EntraTokenSource source = source();
        LoopbackEntra.Given given = entra.given(source);
        clock.set(given.surelyNotFor(Duration.ZERO));
        entra.says(403, "<html>Blocked by the firewall</html>");
        assertThat(refusal(source).transientFault()).isTrue();
        entra.says(200, "{}");
        assertThat(refusal(source).transientFault()).isTrue();
    }

    @Test
    void aBrokenSignInIsToldByItsFileAndShowsNothingOfIt() throws Exception {
        kept.write(new SecretText("{\"hush\": hush.secret"));
        StringWriter trace = new StringWriter();
        CredentialException refusal = refusal(source());
        refusal.printStackTrace(new PrintWriter(trace));
        assertThat(refusal.remedy()).contains("mailchute login mailbox");
        assertThat(trace.toString()).doesNotContain("hush.secret");
    }
}
