package org.mailchute.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Microsoft's token endpoint on loopback, over real TLS. Gives token-1, token-2 and so on unless told otherwise. */
final class LoopbackEntra implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile String error = "";
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String heard = "";

    LoopbackEntra(SSLContext context) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String authority() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/contoso.onmicrosoft.com/";
    }

    int requests() {
        return requests.get();
    }

    /** The last request's body. */
    String heard() {
        return heard;
    }

    void fails(int newStatus, String description) {
        status = newStatus;
        error = description;
    }

    /** Answers nobody until the gate opens. */
    void waitsFor(CountDownLatch newGate) {
        gate = newGate;
    }

    private void answer(HttpExchange exchange) throws IOException {
        heard = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number = requests.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        byte[] json = (status == 200 ? token(number) : refusal()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private static String token(int number) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"token-" + number + "\"}";
    }

    private String refusal() {
        return "{\"error\":\"invalid_client\",\"error_description\":\"" + error + "\"}";
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
