package org.mailchute.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.command.ManagementClient.Refusal;
import org.mailchute.command.ManagementClient.Unanswered;
import org.mailchute.testing.Patience;

class ManagementClientTest {
    private static final Map<String, String> LANE = Map.of("lane", "büro & co");

    @TempDir
    Path home;

    private ManagementClient client;

    @BeforeEach
    void token() throws IOException {
        Files.writeString(home.resolve("management.token"), "abc");
        client = new ManagementClient(home);
    }

    private void at(int port) throws IOException {
        Files.writeString(home.resolve("management.address"), "127.0.0.1:" + port);
    }

    /** Answers what it was asked, with this status. */
    private HttpServer answering(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, status));
        server.start();
        at(server.getAddress().getPort());
        return server;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        String asked = "%s %s %s %d\n"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestBody().readAllBytes().length);
        byte[] bytes = asked.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Test
    void aQuestionAndADecisionCarryTheTokenAndTheirParameters() throws Exception {
        HttpServer server = answering(200);
        assertThat(client.get("/dead", LANE)).isEqualTo("GET /dead?lane=b%C3%BCro+%26+co Bearer abc 0\n");
        assertThat(client.post("/lanes/hold", LANE)).isEqualTo("POST /lanes/hold?lane=b%C3%BCro+%26+co Bearer abc 0\n");
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "404, false", "409, false", "503, false"})
    void whatTheGatewayRefusesIsToldInItsWords(int status, boolean refusal) throws Exception {
        HttpServer server = answering(status);
        assertThatThrownBy(() -> client.get("/lanes"))
                .isExactlyInstanceOf(refusal ? Refusal.class : Unanswered.class)
                .hasMessage("the gateway refused: GET /lanes Bearer abc 0");
        assertThatThrownBy(() -> client.post("/reload", Map.of()))
                .isExactlyInstanceOf(refusal ? Refusal.class : Unanswered.class)
                .hasMessage("the gateway refused: POST /reload? Bearer abc 0");
        server.stop(0);
    }

    @Test
    void anotherTokenIsToldForAQuestionAndForADecision() throws Exception {
        HttpServer server = answering(401);
        assertThatThrownBy(() -> client.get("/lanes")).hasMessageStartingWith("the gateway refused");
        assertThatThrownBy(() -> client.post("/reload", Map.of())).hasMessageStartingWith("the gateway refused");
        server.stop(0);
    }

    @Test
    void aDecisionThatIsNotAnsweredIsNotSentASecondTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            at(silent.getLocalPort());
            CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> requests(silent));
            assertThatThrownBy(() -> client.post("/dead/replay", Map.of()))
                    .isInstanceOf(Unanswered.class)
                    .hasMessageContaining(" did not answer: ");
            silent.close();
            assertThat(heard.get(Patience.MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(1);
        }
    }

    /** How many it takes, and hangs up on, until it is closed. */
    private static int requests(ServerSocket silent) {
        int count = 0;
        try {
            while (true) {
                try (Socket one = silent.accept()) {
                    BufferedReader head =
                            new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
                    count++;
                    while (!head.readLine().isEmpty()) {
                        // as far as the empty line
                    }
                }
            }
        } catch (SocketException e) {
            return count;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
