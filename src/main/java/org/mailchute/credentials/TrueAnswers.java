package org.mailchute.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.util.List;

/**
 * Tells whether it is Entra or Azure that answers, or a proxy, a firewall's page or a portal in its place: whoever that is, they
 * have refused nobody, and msal4j would take what they say for a refusal.
 */
final class TrueAnswers {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Of the form of RFC 6749 section 5.2. */
    private static final String NOT_NOW = "{\"error\":\"temporarily_unavailable\",\"error_description\":\"not now\"}";

    private TrueAnswers() {}

    /**
     * @return the answer
     * @throws CredentialException when it is not one of Entra's: neither what was asked for, nor a refusal with its error and
     *     description (RFC 6749 sections 5.1 and 5.2, RFC 8628 section 3.2), nor one that says not now
     */
    static IHttpResponse ofEntra(HttpRequest asked, IHttpResponse answer) throws CredentialException {
        int status = answer.statusCode();
        if (EntraErrors.notNow(status)) {
            // msal4j keeps to its Retry-After, would stumble over a page, and knows no status without an error
            return new TokenHttp.Answer(status, answer.headers(), NOT_NOW);
        }
        JsonNode said = said(answer);
        if (status == 200 ? given(asked, said) : refusal(status, said)) {
            return answer;
        }
        throw inPlaceOf(asked.url().getHost(), "answers " + status + " with what is no answer of Entra's");
    }

    /**
     * @return the answer
     * @throws CredentialException when it is not one of Azure's endpoints for managed identities: neither a token, nor a
     *     refusal in JSON, nor the challenge of Azure Arc's agent
     */
    static IHttpResponse ofAzure(HttpRequest asked, IHttpResponse answer) throws CredentialException {
        int status = answer.statusCode();
        JsonNode said = said(answer);
        boolean own = status == 200 ? token(said) : said.isObject() && !said.isEmpty() || challenge(answer);
        if (own || MachineHttp.notNow(status)) {
            return answer;
        }
        throw inPlaceOf(asked.url().getHost(), "answers " + status + " with what is no answer of Azure's");
    }

    /** That somebody else answers in the place of who was asked. */
    static CredentialException inPlaceOf(String host, String how) {
        return new CredentialException(
                "no token from Entra: " + host + " " + how,
                "If it lasts, check the way to " + host + ": a proxy or portal may answer in its place.",
                true,
                new IOException("not the answer of who was asked"));
    }

    private static boolean given(HttpRequest asked, JsonNode said) {
        return asked.httpMethod() == HttpMethod.GET ? said.isObject() : token(said) || text(said, "device_code");
    }

    /** VSCHARs (RFC 6749 appendix A.12), and a number of seconds where that is said. */
    private static boolean token(JsonNode said) {
        return said.path("access_token").asText().matches("[!-~]+")
                && said.path("access_token").isTextual()
                && said.path("expires_in").asText("0").matches("\\d{1,9}");
    }

    private static boolean refusal(int status, JsonNode said) {
        return status >= 400 && text(said, "error") && text(said, "error_description");
    }

    /** That names the file which proves us to Azure Arc's agent. */
    private static boolean challenge(IHttpResponse answer) {
        return answer.statusCode() == 401
                && answer.headers().values().stream()
                        .flatMap(List::stream)
                        .anyMatch(value -> value.matches("(?i)basic realm=.*\\.key\"?"));
    }

    private static boolean text(JsonNode said, String name) {
        return said.path(name).isTextual() && !said.path(name).asText().isBlank();
    }

    /** Nothing, where it is no JSON. */
    private static JsonNode said(IHttpResponse answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
