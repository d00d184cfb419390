package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Azure's endpoints for managed identities on loopback, asked by a process that was given their address as Azure does. */
class ManagedIdentityTest {
    private static final String CLIENT_ID = "99999999-2222-3333-4444-555555555555";

    private final List<String> heard = new ArrayList<>();
    private int status = 200;
    private HttpServer azure;

    @BeforeEach
    void start() throws IOException {
        azure = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        azure.createContext("/", this::answer);
        azure.start();
    }

    @AfterEach
    void stop() {
        azure.stop(0);
    }

    private void answer(HttpExchange request) throws IOException {
        heard.add(request.getRequestMethod() + " " + request.getRequestURI() + " Metadata="
                + request.getRequestHeaders().getFirst("Metadata") + " X-IDENTITY-HEADER="
                + request.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
        long end = Clock.systemUTC().instant().getEpochSecond() + 3600;
        String json = status == 200
                ? "{\"access_token\":\"machine-token\",\"expires_on\":\"" + end
                        + "\",\"resource\":\"https://outlook.office365.com\",\"token_type\":\"Bearer\"}"
                : "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}";
        byte[] body = json.getBytes(StandardCharsets.US_ASCII);
        try (request) {
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(status, body.length);
            request.getResponseBody().write(body);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + azure.getAddress().getPort();
    }

    private String ask(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AskManagedIdentity.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        program.environment().putAll(environment);
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        running.waitFor();
        return said.lines()
                .filter(line -> line.startsWith("got ") || line.startsWith("refused "))
                .findFirst()
                .orElse(said);
    }

    @Test
    void aVirtualMachineAsksTheMetadataServiceForItsOwnIdentity() throws Exception {
        assertThat(ask(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url()))).isEqualTo("got machine-token");
        assertThat(heard).singleElement().asString().contains("GET ", "/metadata/identity/oauth2/token?");
        assertThat(heard.get(0))
                .contains("resource=https%3A%2F%2Foutlook.office365.com ")
                .contains("Metadata=true")
                .doesNotContain("client_id");
    }

    @Test
    void aUserAssignedIdentityIsNamedByItsClientId() throws Exception {
        assertThat(ask(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url()), CLIENT_ID))
                .isEqualTo("got machine-token");
        assertThat(heard.get(0)).contains("client_id=" + CLIENT_ID);
    }

    @Test
    void anAppServiceAsksItsOwnEndpointWithItsHeader() throws Exception {
        assertThat(ask(Map.of("IDENTITY_ENDPOINT", url() + "/msi/token", "IDENTITY_HEADER", "app-service-header")))
                .isEqualTo("got machine-token");
        assertThat(heard.get(0))
                .contains("GET /msi/token?", "resource=https%3A%2F%2Foutlook.office365.com")
                .contains("X-IDENTITY-HEADER=app-service-header");
    }

    @Test
    void aMachineWithoutThatIdentityIsToldSo() throws Exception {
        status = 400;
        assertThat(ask(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url())))
                .contains("Azure gives this machine no token for the managed identity")
                .endsWith("transient=false");
    }
}
