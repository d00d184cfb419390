package org.mailchute.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.ResponseMode;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A person signs in with Entra in a browser: OpenID Connect's authorization code flow (Core 1.0 section 3.1) with PKCE (RFC 7636), by msal4j.
 * That one asks for tokens and looks at none; the ID token is looked at here, see {@link IdToken}.
 */
public final class WebSignIn {
    private static final Set<String> SCOPES = Set.of("openid", "profile");

    private final EntraApp app;
    private final TlsSource tls;
    private final Duration timeout;
    private final Clock clock;
    private final RandomGenerator chance;

    /** @param app its scope does not matter */
    public WebSignIn(EntraApp app, TlsSource tls, Duration timeout, Clock clock, RandomGenerator chance) {
        this.app = app;
        this.tls = tls;
        this.timeout = timeout;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * A sign-in under way; nobody else may see it.
     *
     * @param nonce that the ID token must repeat
     * @param verifier whose hash goes along when a code is asked for, and itself with the code
     */
    public record Begun(String nonce, String verifier) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }

    /**
     * Who signed in.
     *
     * @param name for people, such as {@code anna@contoso.com}; it may change, and be anything
     * @param groups object ids, in lower case
     * @param roles of the application, by their values
     * @param groupsLeftOut too many groups for a token
     */
    public record SignedIn(String name, Set<String> groups, Set<String> roles, boolean groupsLeftOut) {
        public SignedIn {
            groups = Set.copyOf(groups);
            roles = Set.copyOf(roles);
        }
    }

    public Begun begin() {
        return new Begun(SecretId.next(chance), SecretId.next(chance));
    }

    /**
     * Where the person signs in.
     *
     * @param state comes back with the code
     * @param redirect where to: registered in Entra
     * @throws CredentialException when a file of the app's proof cannot be used
     */
    public URI page(Begun begun, String state, URI redirect) throws CredentialException {
        AuthorizationRequestUrlParameters parameters = AuthorizationRequestUrlParameters.builder(
                        redirect.toString(), SCOPES)
                .responseMode(ResponseMode.QUERY) // a form from there would come without our cookie
                .prompt(Prompt.SELECT_ACCOUNT)
                .state(state)
                .nonce(begun.nonce())
                .codeChallenge(challenge(begun.verifier()))
                .codeChallengeMethod("S256")
                .build();
        try {
            return URI.create(
                    tokens().client().getAuthorizationRequestUrl(parameters).toString());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("the authority was checked", e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /**
     * Who signed in; takes as long as Entra does.
     *
     * @throws CredentialException with a sentence and a remedy when nobody did
     */
    public SignedIn finish(String code, Begun begun, URI redirect) throws CredentialException {
        try {
            String issuer = issuer();
            String token = tokens().client()
                    .acquireToken(AuthorizationCodeParameters.builder(code, redirect)
                            .scopes(SCOPES)
                            .codeVerifier(begun.verifier())
                            .build())
                    .join()
                    .idToken();
            return new IdToken(issuer, app.clientId(), begun.nonce(), clock.instant()).person(token);
        } catch (CredentialException e) {
            throw e;
        } catch (Exception e) {
            throw new EntraErrors(app.host(), app.secret(), Optional.empty()).explain(e);
        }
    }

    /** What the tenant calls itself: the authority may have a domain of it, the token has its id (OpenID Connect Discovery 1.0 section 4). */
    private String issuer() throws Exception {
        IHttpResponse answer = TokenHttp.get(
                URI.create(app.authority() + "v2.0/.well-known/openid-configuration"),
                tls.context(),
                app.proxy(),
                timeout);
        try {
            JsonNode issuer = new ObjectMapper().readTree(answer.body()).path("issuer");
            if (answer.statusCode() == 200 && issuer.isTextual()) {
                return issuer.asText();
            }
        } catch (JsonProcessingException e) {
            throw TrueAnswers.inPlaceOf(app.host(), "describes itself by what is no JSON");
        }
        throw TrueAnswers.inPlaceOf(app.host(), "answers " + answer.statusCode() + " and names no issuer");
    }

    private AppTokens tokens() {
        return new AppTokens(app, tls, timeout, clock);
    }
}
