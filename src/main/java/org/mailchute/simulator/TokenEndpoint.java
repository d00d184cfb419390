package org.mailchute.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Entra's token endpoint for one application: the client credentials grant, over HTTPS. */
final class TokenEndpoint implements AutoCloseable {
    /** Exchange Online's, of all the clouds. */
    private static final Set<String> EXCHANGE = Set.of(
            "https://outlook.office365.com/.default",
            "https://outlook.office365.us/.default",
            "https://partner.outlook.cn/.default");

    /** Azure Communication Services'. */
    private static final String COMMUNICATION = "https://communication.azure.com/.default";

    private static final Pattern GRAPH =
            Pattern.compile("https://(dod-)?(microsoft)?graph\\.(microsoft\\.(com|us)|chinacloudapi\\.cn)/.*");

    /** Whose door a token opens. */
    private enum Door {
        EXCHANGE,
        COMMUNICATION,
        GRAPH
    }

    private final HttpsServer server;
    private final Scenario scenario;
    private final SignIns signIns;
    private final Map<String, Door> issued = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    private TokenEndpoint(HttpsServer server, Scenario scenario) {
        this.server = server;
        this.scenario = scenario;
        this.signIns = new SignIns(
                scenario.mailboxes().isEmpty()
                        ? ""
                        : scenario.mailboxes().get(0).address(),
                scenario.app().clientId());
        // a thread each: one client that is slow with its handshake keeps nobody waiting
        this.threads = Executors.newCachedThreadPool(SmtpFace::thread);
        server.setExecutor(threads);
    }

    static TokenEndpoint start(Scenario scenario, SSLContext tls, int port) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        TokenEndpoint endpoint = new TokenEndpoint(server, scenario);
        server.createContext("/", endpoint::unknown);
        server.createContext("/" + scenario.app().tenant() + "/oauth2/v2.0/token", endpoint::token);
        server.createContext("/" + scenario.app().tenant() + "/oauth2/v2.0/devicecode", endpoint::deviceCode);
        server.createContext(
                "/" + scenario.app().tenant() + "/v2.0/.well-known/openid-configuration", endpoint::discovery);
        server.start();
        return endpoint;
    }

    /** What a client calls the authority. */
    URI authority() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/"
                + scenario.app().tenant() + "/");
    }

    /** Whether it is one for Exchange Online. */
    boolean forExchange(String token) {
        return issued.get(token) == Door.EXCHANGE;
    }

    /** Whether it is one for Azure Communication Services. */
    boolean forCommunication(String token) {
        return issued.get(token) == Door.COMMUNICATION;
    }

    /** Whether it is one for Microsoft Graph. */
    boolean forGraph(String token) {
        return issued.get(token) == Door.GRAPH;
    }

    /** Every token is refused from now on, as when rights have been withdrawn. */
    void withdraw() {
        issued.clear();
    }

    /** Others answer at this port, too. */
    void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void token(HttpExchange request) throws IOException {
        Map<String, String> form = form(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String grant = form.getOrDefault("grant_type", "");
        Optional<Door> door = door(form.getOrDefault("scope", ""));
        if (SignIns.deviceGrant(grant) || grant.equals("refresh_token")) {
            person(request, form, grant);
        } else if (!"client_credentials".equals(grant)) {
            answer(request, 400, error("unsupported_grant_type", "AADSTS70003: This grant is not simulated."));
        } else if (!scenario.app().clientId().equals(form.get("client_id"))) {
            answer(
                    request,
                    400,
                    error(
                            "unauthorized_client",
                            "AADSTS700016: Application with this identifier was not found in the directory."));
        } else if (!scenario.app().clientSecret().equals(form.get("client_secret"))) {
            answer(request, 401, error("invalid_client", "AADSTS7000215: Invalid client secret provided."));
        } else if (door.isEmpty()) {
            answer(request, 400, error("invalid_scope", "AADSTS70011: The provided value for scope is not valid."));
        } else {
            answer(request, 200, newToken("", door.get()));
        }
    }

    /** A person's sign-in, or its renewal. */
    private void person(HttpExchange request, Map<String, String> form, String grant) throws IOException {
        String code = form.getOrDefault("device_code", "");
        boolean device = SignIns.deviceGrant(grant);
        if (device && signIns.known(code) && !signIns.signedIn(code)) {
            answer(request, 400, error("authorization_pending", "AADSTS70016: Pending end-user authorization."));
        } else if (device ? signIns.known(code) : signIns.refreshed(form.getOrDefault("refresh_token", ""))) {
            answer(
                    request,
                    200,
                    newToken(
                            signIns.members(form.getOrDefault("scope", "")),
                            door(form.getOrDefault("scope", "")).orElse(Door.EXCHANGE)));
        } else {
            answer(request, 400, error("invalid_grant", "AADSTS50173: The provided grant has expired."));
        }
    }

    private void deviceCode(HttpExchange request) throws IOException {
        Map<String, String> form = form(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean known = scenario.app().clientId().equals(form.get("client_id"));
        answer(
                request,
                known ? 200 : 400,
                known
                        ? signIns.code()
                        : error("unauthorized_client", "AADSTS700016: Application was not found in the directory."));
    }

    /** Ends all sign-ins, as a new password does. */
    void revokeSignIns() {
        signIns.revoke();
    }

    private static Optional<Door> door(String scope) {
        List<String> scopes = List.of(scope.split(" "));
        if (scopes.contains(COMMUNICATION)) {
            return Optional.of(Door.COMMUNICATION);
        }
        if (scopes.stream().anyMatch(GRAPH.asMatchPredicate())) {
            return Optional.of(Door.GRAPH);
        }
        return scopes.stream().anyMatch(EXCHANGE::contains) ? Optional.of(Door.EXCHANGE) : Optional.empty();
    }

    private String newToken(String members, Door door) {
        byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        String token = "ey" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        issued.put(token, door);
        return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\"" + token
                + "\"" + members + "}";
    }

    private void discovery(HttpExchange request) throws IOException {
        String here = authority().toString();
        answer(
                request,
                200,
                "{\"issuer\":\"" + here + "v2.0\",\"authorization_endpoint\":\"" + here
                        + "oauth2/v2.0/authorize\",\"token_endpoint\":\"" + here + "oauth2/v2.0/token\"}");
    }

    private void unknown(HttpExchange request) throws IOException {
        answer(request, 400, error("invalid_request", "AADSTS90002: Tenant not found."));
    }

    private static String error(String code, String description) {
        return "{\"error\":\"" + code + "\",\"error_description\":\"" + description + "\",\"error_codes\":["
                + description.replaceAll("\\D+(\\d+).*", "$1") + "]}";
    }

    private static void answer(HttpExchange request, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try (request) {
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(status, body.length);
            request.getResponseBody().write(body);
        }
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, two) -> two));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
