package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.credentials.WebSignIn.Begun;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.OpenIdAuthority;
import org.mailchute.testing.Patience;

class WebSignInTest {
    private static final URI REDIRECT = URI.create("https://mailchute.contoso.example:8025/console/entra");

    private OpenIdAuthority entra;
    private RenewedTls tls;
    private WebSignIn signIn;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates();
        entra = new OpenIdAuthority(certificates.serving(certificates.server("localhost")));
        tls = new RenewedTls(Optional.of(certificates.trustFile(folder)), Optional.empty(), Clock.systemUTC());
        signIn = signIn(OpenIdAuthority.SECRET);
    }

    private WebSignIn signIn(String secret) {
        EntraApp app = new EntraApp(
                entra.authority(), OpenIdAuthority.CLIENT, new AppProof.Secret(new SecretText(secret)), "openid");
        return new WebSignIn(app, tls, Patience.LONGEST, Clock.systemUTC(), new Random(1));
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    /** As a browser would get it. */
    private String code(Begun begun) throws Exception {
        URI back = OpenIdAuthority.location(signIn.page(begun, "a state", REDIRECT), tls.context());
        assertThat(back.toString()).startsWith(REDIRECT + "?code=").endsWith("&state=a+state");
        return back.getQuery().replaceAll("code=([^&]*).*", "$1");
    }

    private WebSignIn.SignedIn person() throws Exception {
        Begun begun = signIn.begin();
        return signIn.finish(code(begun), begun, REDIRECT);
    }

    @Test
    void aCodeTellsWhoSignedInAndWhatThatOneMay() throws Exception {
        entra.says("groups", "[\"AAAAAAAA-2222-3333-4444-555555555555\"]");
        entra.says("roles", "[\"Mailchute.Admin\"]");
        WebSignIn.SignedIn person = person();
        assertThat(person.name()).isEqualTo("anna@contoso.example");
        assertThat(person.groups()).containsExactly("aaaaaaaa-2222-3333-4444-555555555555");
        assertThat(person.roles()).containsExactly("mailchute.admin");
        assertThat(person.groupsLeftOut()).isFalse();
    }

    @Test
    void thatGroupsWereLeftOutForBeingTooManyIsKnown() throws Exception {
        entra.says("_claim_names", "{\"groups\":\"src1\"}");
        assertThat(person().groupsLeftOut()).isTrue();
    }

    @Test
    void aCodeIsGoodForTheBrowserThatAskedForItAlone() throws Exception {
        String code = code(signIn.begin());
        assertThatThrownBy(() -> signIn.finish(code, signIn.begin(), REDIRECT))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("AADSTS54005");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iss | \"https://login.microsoftonline.com/x/v2.0\" | is of another issuer",
                "tid | \"22222222-2222-3333-4444-555555555555\" | is of another tenant",
                "tid | \"\" | is of another tenant",
                "aud | \"another\" | is for another application",
                "nonce | \"another\" | is of another sign-in",
                "exp | 1700000000 | is not valid at this time",
                "nbf | 4102444800 | is not valid at this time",
                "oid | 1 | names nobody"
            })
    void anIdTokenThatIsNotForThisSignInIsRefused(String claim, String said, String fault) {
        entra.says(claim, said);
        assertThatThrownBy(this::person)
                .isInstanceOf(CredentialException.class)
                .hasMessage("the ID token of Entra " + fault);
    }

    @Test
    void aWrongSecretIsToldAndNotShown() throws Exception {
        Begun begun = signIn.begin();
        String code = code(begun);
        assertThatThrownBy(() -> signIn("wrong-" + OpenIdAuthority.SECRET).finish(code, begun, REDIRECT))
                .hasMessageContaining("the client secret is wrong")
                .hasMessageNotContaining(OpenIdAuthority.SECRET);
        assertThat(begun).hasToString("(secret)");
    }
}
