package org.mailchute.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mailchute.testing.Certificates;

/** A webhook on this machine. */
public final class LoopbackHook implements AutoCloseable {
    private final HttpsServer server;
    private final Path trust;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

    /** @param folder for the file to trust; @param name that its certificate has */
    public LoopbackHook(Path folder, String name) throws Exception {
        Certificates certificates = new Certificates();
        trust = certificates.trustFile(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.serving(certificates.server(name))));
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer refusal = refusals.poll();
            if (refusal == null) {
                taken.add(body);
            }
            exchange.getResponseHeaders().set("Location", url() + "elsewhere");
            exchange.sendResponseHeaders(refusal == null ? 202 : refusal, -1);
        }
    }

    /** The next posts are answered so, one each. */
    public LoopbackHook refusing(Integer... statuses) {
        refusals.addAll(List.of(statuses));
        return this;
    }

    public List<String> taken() {
        return taken;
    }

    public String url() {
        return "https://localhost:" + server.getAddress().getPort() + "/";
    }

    public Path trust() {
        return trust;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
