package org.mailchute.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailchute.testing.OwnJava;
import org.mailchute.testing.Patience;

/** Azure's endpoints for managed identities on loopback, asked by processes that were given their address as Azure does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagedIdentityTest {
    private static final String CLIENT_ID = "99999999-2222-3333-4444-555555555555";

    private final HttpServer azure;
    /** By what they were given. */
    private final Map<Map<String, String>, Process> machines = new HashMap<>();

    private final List<String> heard = new ArrayList<>();
    private final Deque<String> strange = new ArrayDeque<>();
    private volatile int status;
    private volatile String challenge = "";

    ManagedIdentityTest() throws IOException {
        azure = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        azure.createContext("/", this::answer);
        azure.start();
    }

    @BeforeEach
    void begin() {
        heard.clear();
        status = 200;
        challenge = "";
    }

    @AfterAll
    void stop() {
        machines.values().forEach(Process::destroyForcibly);
        azure.stop(0);
    }

    private void answer(HttpExchange request) throws IOException {
        if (request.getRequestURI().getPath().startsWith("/updated")) {
            say(request, 410, "");
            return;
        }
        heard.add(request.getRequestMethod() + " " + request.getRequestURI() + " Metadata="
                + request.getRequestHeaders().getFirst("Metadata") + " X-IDENTITY-HEADER="
                + request.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
        if (!challenge.isEmpty() && request.getRequestHeaders().getFirst("Authorization") == null) {
            request.getResponseHeaders().set("WWW-Authenticate", challenge);
            request.sendResponseHeaders(401, -1);
            request.close();
            return;
        }
        heard.add("Authorization=" + request.getRequestHeaders().getFirst("Authorization"));
        if (!strange.isEmpty()) {
            say(
                    request,
                    Integer.parseInt(strange.peek().substring(0, 3)),
                    strange.remove().substring(4));
            return;
        }
        long end = Clock.systemUTC().instant().getEpochSecond() + 3600;
        String json = status == 200
                ? "{\"access_token\":\"machine-token\",\"expires_on\":\"" + end
                        + "\",\"resource\":\"https://outlook.office365.com\",\"token_type\":\"Bearer\"}"
                : "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}";
        say(request, status, json);
    }

    private static void say(HttpExchange request, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        try (request) {
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            request.getResponseBody().write(body);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + azure.getAddress().getPort();
    }

    private String ask(Map<String, String> environment, String... clientId) throws Exception {
        return String.join("\n", ask(environment, Patience.LONGEST, 1, clientId));
    }

    private List<String> ask(Map<String, String> environment, Duration timeout, int times, String... clientId)
            throws Exception {
        Process machine = machines.get(environment);
        if (machine == null) {
            machine = machine(environment);
            machines.put(environment, machine);
        }
        machine.outputWriter()
                .append(timeout.toMillis() + " " + times + " " + String.join(" ", clientId) + "\n")
                .flush();
        return machine.inputReader()
                .lines()
                .takeWhile(line -> !line.equals(AskManagedIdentity.DONE))
                .filter(line -> line.startsWith("got ") || line.startsWith("refused "))
                .toList();
    }

    private static Process machine(Map<String, String> environment) throws IOException {
        ProcessBuilder program = new ProcessBuilder(OwnJava.running(AskManagedIdentity.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        program.environment().putAll(environment);
        return program.start();
    }

    @Test
    void aVirtualMachineAsksTheMetadataServiceForItsOwnIdentity() throws Exception {
        assertThat(ask(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url()))).isEqualTo("got machine-token");
        assertThat(heard.get(0)).contains("GET ", "/metadata/identity/oauth2/token?");
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

    @Test
    void anEndpointThatIsBeingUpdatedPausesTheLaneEvenWhenItsPatienceEndsFirst() throws Exception {
        // msal4j goes on asking for 70 seconds, so this machine has an address of its own
        assertThat(ask(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", url() + "/updated"), Duration.ofSeconds(2), 1))
                .singleElement(STRING)
                .contains("Azure's managed identity endpoint answers 410")
                .endsWith("transient=true");
    }

    @Test
    @DisplayName("P5: whoever answers in Azure's place has refused nobody, and passes")
    void anAnswerThatIsNotAzuresPausesTheLane() throws Exception {
        List<String> answers = List.of(
                "200 <html>Log in</html>",
                "200 {}",
                "200 {\"access_token\":\"\"}",
                "302 <html>Moved</html>",
                "400 ",
                "401 <html>Another cloud's</html>",
                "403 <html>Blocked</html>",
                "403 []");
        strange.addAll(answers);
        Map<String, String> appService =
                Map.of("IDENTITY_ENDPOINT", url() + "/msi/token", "IDENTITY_HEADER", "app-service-header");
        assertThat(ask(appService, Patience.LONGEST, answers.size()))
                .hasSameSizeAs(answers)
                .allMatch(said -> said.contains("with what is no answer of Azure's"))
                .allMatch(said -> said.contains("a proxy or portal may answer in its place"))
                .allMatch(said -> said.endsWith("transient=true"));
    }

    @Test
    void anEndpointInTroublePausesTheLane() throws Exception {
        status = 502;
        assertThat(ask(Map.of("IDENTITY_ENDPOINT", url() + "/msi/token", "IDENTITY_HEADER", "app-service-header")))
                .contains("Azure's managed identity endpoint answers 502")
                .endsWith("transient=true");
    }

    private Map<String, String> arc() {
        return Map.of("IDENTITY_ENDPOINT", url() + "/metadata/identity/oauth2/token", "IMDS_ENDPOINT", url());
    }

    @Test
    void aServerOfAzureArcThatAnswersForItselfOnlyIsToldSo() throws Exception {
        assertThat(ask(arc(), CLIENT_ID))
                .contains(
                        "Azure Arc's agent gives the server's own identity, and not the one with the client id that is set")
                .endsWith("transient=false");
    }

    @Test
    void aKeyFileOfAzureArcThatCannotBeReadIsToldForWhatItIs() throws Exception {
        challenge = "Basic realm=/var/opt/azcmagent/tokens/not-there.key";
        assertThat(ask(arc()))
                .contains("the key file of Azure Arc's agent cannot be read")
                .endsWith("transient=false");
    }

    /** msal4j takes key files from the agent's own folder only. */
    @Test
    void aServerOfAzureArcProvesItselfByItsAgentsKeyFile() throws Exception {
        Path folder = Path.of("/var/opt/azcmagent/tokens");
        assumeTrue(
                Files.isDirectory(folder) || Files.isWritable(Path.of("/var/opt")),
                "this account may not make " + folder + ", where Azure Arc's agent writes");
        Path key = Files.writeString(
                Files.createDirectories(folder)
                        .resolve("mailchute-test-" + azure.getAddress().getPort() + ".key"),
                "agents-key");
        try {
            challenge = "Basic realm=" + key;
            assertThat(ask(arc())).isEqualTo("got machine-token");
            assertThat(heard).contains("Authorization=Basic agents-key");
        } finally {
            Files.delete(key);
        }
    }
}
