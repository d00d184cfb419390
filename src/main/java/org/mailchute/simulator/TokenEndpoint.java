package org.mailchute.simulator;

import com.sun.net.httpserver.HttpExchange;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Entra's token endpoint for one application: the client credentials grant, over HTTPS. */
final class TokenEndpoint implements AutoCloseable {
    private final HttpsServer server;
    private final Scenario scenario;
    private final Set<String> issued = ConcurrentHashMap.newKeySet();

    private TokenEndpoint(HttpsServer server, Scenario scenario) {
        this.server = server;
        this.scenario = scenario;
    }

    static TokenEndpoint start(Scenario scenario, SSLContext tls, int port) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        TokenEndpoint endpoint = new TokenEndpoint(server, scenario);
        server.createContext("/" + scenario.tenant() + "/oauth2/v2.0/token", endpoint::token);
        server.start();
        return endpoint;
    }

    /** What a client calls the authority. */
    URI authority() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/" + scenario.tenant() + "/");
    }

    boolean issued(String token) {
        return issued.contains(token);
    }

    private void token(HttpExchange request) throws IOException {
        Map<String, String> form = form(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!scenario.clientId().equals(form.get("client_id"))) {
            answer(
                    request,
                    400,
                    error(
                            "unauthorized_client",
                            "AADSTS700016: Application with this identifier was not found in the directory."));
        } else if (!scenario.clientSecret().equals(form.get("client_secret"))) {
            answer(request, 401, error("invalid_client", "AADSTS7000215: Invalid client secret provided."));
        } else {
            String token = "ey"
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            issued.add(token);
            answer(
                    request,
                    200,
                    "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\"" + token
                            + "\"}");
        }
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
    }
}
