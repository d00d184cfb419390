package org.mailchute.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Entra for people who sign in in a browser, on loopback over TLS: authorization code flow with PKCE for one application. Whoever asks is signed
 * in at once, as whom the claims say; a code is good once, for its redirect address, verifier and secret.
 */
public final class OpenIdAuthority implements AutoCloseable {
    public static final String TENANT = "11111111-2222-3333-4444-555555555555";
    public static final String CLIENT = UUID.randomUUID().toString();
    public static final String SECRET = "open-sesame";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();
    private final Map<String, String> claims = new ConcurrentHashMap<>();

    public OpenIdAuthority(SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/contoso.example/oauth2/v2.0/authorize", this::authorize);
        server.createContext("/contoso.example/oauth2/v2.0/token", this::token);
        server.createContext("/contoso.example/v2.0/.well-known/openid-configuration", this::discovery);
        server.start();
    }

    /** With the tenant by its domain. */
    public String authority() {
        return here() + "/contoso.example/";
    }

    private String here() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** The next tokens say this, in JSON, in place of what is usual. */
    public void says(String claim, String json) {
        claims.put(claim, json);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        asked.put(code, query);
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        query.getOrDefault("redirect_uri", "") + "?code=" + code + "&state="
                                + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> first = asked.remove(form.getOrDefault("code", ""));
        if (!SECRET.equals(form.get("client_secret")) || !CLIENT.equals(form.get("client_id"))) {
            answer(exchange, 401, error("invalid_client", "AADSTS7000215: Invalid client secret provided."));
        } else if (first == null
                || !first.getOrDefault("redirect_uri", "none").equals(form.get("redirect_uri"))
                || !first.getOrDefault("code_challenge", "none").equals(hash(form.getOrDefault("code_verifier", "")))) {
            answer(exchange, 400, error("invalid_grant", "AADSTS54005: The code was redeemed, or is another's."));
        } else {
            answer(exchange, 200, tokens(first.getOrDefault("nonce", "")));
        }
    }

    private String tokens(String nonce) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        Map<String, String> said = new LinkedHashMap<>();
        said.put("iss", quoted(here() + "/" + TENANT + "/v2.0"));
        said.put("tid", quoted(TENANT));
        said.put("aud", quoted(CLIENT));
        said.put("nonce", quoted(nonce));
        said.put("iat", Long.toString(now));
        said.put("exp", Long.toString(now + 3600));
        said.put("sub", quoted("1"));
        said.put("oid", quoted("99999999-2222-3333-4444-555555555555"));
        said.put("preferred_username", quoted("anna@contoso.example"));
        said.putAll(claims);
        String token = base64("{\"alg\":\"RS256\"}") + "."
                + base64(said.entrySet().stream()
                        .map(claim -> quoted(claim.getKey()) + ":" + claim.getValue())
                        .collect(Collectors.joining(",", "{", "}")))
                + ".c2lnbmVk";
        return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"access\",\"scope\":\"openid profile\","
                + "\"client_info\":\"" + base64("{\"uid\":\"1\",\"utid\":\"2\"}") + "\",\"id_token\":\"" + token
                + "\"}";
    }

    private void discovery(HttpExchange exchange) throws IOException {
        answer(exchange, 200, "{\"issuer\":\"" + here() + "/" + TENANT + "/v2.0\"}");
    }

    private static String error(String code, String description) {
        return "{\"error\":\"" + code + "\",\"error_description\":\"" + description + "\"}";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return fields;
    }

    /** Where a browser is sent that follows this address. */
    public static URI location(URI page, SSLContext tls) throws Exception {
        return URI.create(java.net.http.HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(
                        java.net.http.HttpRequest.newBuilder(page).build(),
                        java.net.http.HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow());
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
