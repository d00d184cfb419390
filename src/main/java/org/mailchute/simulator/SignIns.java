package org.mailchute.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** People who sign in by device code (RFC 8628). Nobody need do anything: at the second question the person has signed in. */
final class SignIns {
    /** By RFC 8628, and as msal4j and Entra shorten it. */
    private static final Set<String> DEVICE_GRANTS =
            Set.of("urn:ietf:params:oauth:grant-type:device_code", "device_code");

    private final String mailbox;
    private final String clientId;
    private final Map<String, Boolean> codes = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();

    /** @param mailbox who signs in */
    SignIns(String mailbox, String clientId) {
        this.mailbox = mailbox;
        this.clientId = clientId;
    }

    static boolean deviceGrant(String grant) {
        return DEVICE_GRANTS.contains(grant);
    }

    /** The answer to a request for a code. */
    String code() {
        String code = UUID.randomUUID().toString();
        codes.put(code, false);
        return "{\"user_code\":\"ABCD-EFGH\",\"device_code\":\"" + code
                + "\",\"verification_uri\":\"https://login.example/device\",\"expires_in\":900,\"interval\":1,"
                + "\"message\":\"Go to https://login.example/device and enter the code ABCD-EFGH.\"}";
    }

    /** Whether the person has signed in; the next question finds that so. */
    boolean signedIn(String code) {
        return Boolean.TRUE.equals(codes.replace(code, true));
    }

    boolean known(String code) {
        return codes.containsKey(code);
    }

    /** Each is good for one request, and followed by another. */
    boolean refreshed(String refreshToken) {
        return refreshTokens.remove(refreshToken);
    }

    /** Ends all sign-ins, as a new password does. */
    void revoke() {
        refreshTokens.clear();
    }

    /** The members of a token answer that tell who signed in. */
    String members(String scope) {
        String refresh = UUID.randomUUID().toString();
        refreshTokens.add(refresh);
        String person = "{\"uid\":\"1\",\"utid\":\"2\"}";
        String idToken = base64("{\"alg\":\"none\"}") + "."
                + base64(
                        "{\"aud\":\"" + clientId + "\",\"iss\":\"simulator\",\"sub\":\"1\",\"oid\":\"1\",\"tid\":\"2\","
                                + "\"preferred_username\":\"" + mailbox + "\",\"exp\":4102444800,\"iat\":0}")
                + ".";
        return ",\"scope\":\"" + scope + "\",\"refresh_token\":\"" + refresh + "\",\"id_token\":\"" + idToken
                + "\",\"client_info\":\"" + base64(person) + "\"";
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
