package org.mailchute.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an ID token must say to count (OpenID Connect Core 1.0 section 3.1.3.7). It came from the token endpoint itself over TLS with a checked
 * certificate, which that section lets stand for its signature (item 6): no key is fetched. Its algorithm is not looked at for that reason.
 *
 * @param issuer of the tenant
 * @param audience our client id
 * @param nonce of this one sign-in
 */
record IdToken(String issuer, String audience, String nonce, Instant now) {
    /** Between two clocks. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws CredentialException when the token does not count; its message shows nothing of it but what is wrong */
    WebSignIn.SignedIn person(@Nullable String token) throws CredentialException {
        JsonNode claims = claims(token);
        require(claims.path("iss").asText().equals(issuer), "is of another issuer");
        String tenant = claims.path("tid").asText();
        require(!tenant.isEmpty() && issuer.contains("/" + tenant + "/"), "is of another tenant");
        require(claims.path("aud").asText().equals(audience), "is for another application");
        require(isNow(claims), "is not valid at this time");
        require(SecretId.same(claims.path("nonce").asText(), nonce), "is of another sign-in");
        require(claims.path("oid").isTextual(), "names nobody");
        return new WebSignIn.SignedIn(
                claims.path("preferred_username").asText(claims.path("oid").asText()),
                texts(claims.path("groups")),
                texts(claims.path("roles")),
                claims.path("_claim_names").has("groups")
                        || claims.path("hasgroups").asBoolean());
    }

    private JsonNode claims(@Nullable String token) throws CredentialException {
        try {
            String[] parts = token == null ? new String[0] : token.split("\\.", -1);
            require(parts.length == 3, "is none");
            return JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IOException | IllegalArgumentException e) {
            throw refused("is none");
        }
    }

    private boolean isNow(JsonNode claims) {
        Instant from = Instant.ofEpochSecond(
                claims.path("nbf").asLong(claims.path("iat").asLong()));
        Instant until = Instant.ofEpochSecond(claims.path("exp").asLong());
        return now.isBefore(until.plus(SKEW)) && !now.isBefore(from.minus(SKEW));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText().toLowerCase(Locale.ROOT)));
        return texts;
    }

    private static void require(boolean good, String fault) throws CredentialException {
        if (!good) {
            throw refused(fault);
        }
    }

    private static CredentialException refused(String fault) {
        return new CredentialException(
                "the ID token of Entra " + fault,
                "Sign in again; if it lasts, check tenant, clientId and this machine's clock.",
                false,
                new IOException("not to be trusted"));
    }
}
