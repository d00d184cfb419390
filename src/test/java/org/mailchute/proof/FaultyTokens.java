package org.mailchute.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A token endpoint that does wrong what the first part of the path says, once; then it gives a token. */
public final class FaultyTokens implements AutoCloseable {
    private static final String TOKEN = "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"token\"}";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FaultyTokens(SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where a lane asks for its tokens that is to meet this fault. */
    public String authority(String fault) {
        return "https://localhost:" + server.getAddress().getPort() + "/" + fault + "/";
    }

    private void answer(HttpExchange request) throws IOException {
        request.getRequestBody().readAllBytes();
        String fault = request.getRequestURI().getPath().split("/")[1];
        if (done.add(fault)) {
            happen(request, fault);
        } else {
            say(request, 200, TOKEN, TOKEN.length());
        }
        request.close();
    }

    private void happen(HttpExchange request, String fault) throws IOException {
        switch (fault) {
            case "closed" -> throw new IOException("as the test wants it");
            case "stall" -> stall();
            case "garbage" -> say(request, 200, "<html>It works!</html>", 22);
            case "half" -> say(request, 200, TOKEN.substring(0, 30), TOKEN.length());
            case "temporary" -> say(request, 503, "", -1);
            case "permanent" ->
                say(
                        request,
                        401,
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret.\"}",
                        0);
            default -> slow(request);
        }
    }

    private void stall() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange request, int status, String text, long length) throws IOException {
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.sendResponseHeaders(status, length);
        request.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        request.getResponseBody().flush();
    }

    private static void slow(HttpExchange request) throws IOException {
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.sendResponseHeaders(200, TOKEN.length());
        for (byte octet : TOKEN.getBytes(StandardCharsets.US_ASCII)) {
            request.getResponseBody().write(octet);
            request.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
