package org.mailchute.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.Refused;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoolJson;
import org.mailchute.steps.DeadLetterDesk;
import org.mailchute.steps.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP for probes, metrics and the commands {@code lanes} and {@code dead}, on loopback unless the settings say otherwise.
 *
 * <p>Open to all who can connect: {@code GET /health/live}, {@code /health/ready}, {@code /metrics}. With the bearer token
 * of {@code HOME/management.token}: {@code GET /lanes}, {@code GET /intakes}, {@code POST /lanes/hold}, {@code POST
 * /lanes/release}, {@code GET /dead}, {@code POST /dead/replay}, {@code POST /dead/drop}.
 */
final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    /** A request that has begun has a thread until it has ended, so those that never end must not have them all. */
    private static final int THREADS = 64;

    private final HttpServer server;
    private final ExecutorService threads = threads();
    private final ManagementToken token;

    private ManagementServer(HttpServer server, ManagementToken token) {
        this.server = server;
        this.token = token;
    }

    /** Starts it, or nothing when no bind address is set. */
    static AutoCloseable start(Settings settings, Wiring wiring, PrometheusMeterRegistry meters) throws IOException {
        Settings.Management management = settings.management();
        if (management.bind().isEmpty()) {
            return () -> {};
        }
        HttpTimes.bound();
        HttpServer http = listening(management);
        ManagementServer server = new ManagementServer(http, ManagementToken.create(settings.home()));
        server.open("/health/live", request -> new Answer(200, "text/plain", "live\n"));
        server.open("/health/ready", request -> ready(wiring));
        server.open("/metrics", request -> new Answer(200, "text/plain; version=0.0.4", meters.scrape()));
        server.guarded("/lanes", "GET", request -> json(LaneReport.of(wiring)));
        server.guarded("/intakes", "GET", request -> json(IntakeReport.of(settings, wiring)));
        server.changing("/lanes/hold", wiring, request -> {
            wiring.stops().hold(lane(wiring, request));
            return json("held");
        });
        server.changing(
                "/lanes/release",
                wiring,
                request -> json(wiring.stops().release(lane(wiring, request)) ? "released" : "was open"));
        server.guarded("/dead", "GET", request -> json(wiring.desk().list()));
        server.changing("/dead/replay", wiring, request -> replay(wiring.desk(), parameters(request)));
        server.changing("/dead/drop", wiring, request -> drop(wiring.desk(), parameters(request)));
        http.setExecutor(server.threads);
        http.start();
        ManagementToken.writeAddress(settings.home(), http.getAddress());
        LOG.info(
                "management listens on http://{}:{}/",
                management.bind(),
                http.getAddress().getPort());
        return server;
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static HttpServer listening(Settings.Management management) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(management.bind(), management.port()), 0);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "management cannot listen on " + management.bind() + ":" + management.port() + " (" + e.getMessage()
                            + "): end the program that has it, or set another port or address",
                    e);
        }
    }

    private record Answer(int status, String type, String body) {}

    @FunctionalInterface
    private interface Page {
        Answer answer(HttpExchange request) throws Exception;
    }

    private static Answer ready(Wiring wiring) {
        if (wiring.disk().isFull()) {
            return new Answer(503, "text/plain", "not ready: " + wiring.disk().fault() + "\n");
        }
        if (!wiring.context().isStarted()) {
            return new Answer(503, "text/plain", "not ready\n");
        }
        List<String> deaf = wiring.deaf();
        if (!deaf.isEmpty()) {
            return new Answer(
                    503,
                    "text/plain",
                    "not ready: intake " + String.join(", ", deaf) + " receives nothing, see the log\n");
        }
        List<String> unpolled = wiring.unpolled();
        return unpolled.isEmpty()
                ? new Answer(200, "text/plain", "ready\n")
                : new Answer(
                        503,
                        "text/plain",
                        "not ready: intake " + String.join(", ", unpolled) + " cannot be polled, see the log\n");
    }

    private static Lane lane(Wiring wiring, HttpExchange request) {
        String name = parameters(request).getOrDefault("lane", "");
        Lane lane = wiring.lanes().get(name);
        if (lane == null) {
            throw new IllegalArgumentException("no such lane; there are "
                    + String.join(", ", wiring.lanes().keySet()));
        }
        return lane;
    }

    private static Answer replay(DeadLetterDesk desk, Map<String, String> parameters) throws Exception {
        return json(desk.replay(id(parameters), path(parameters, "recipient"), path(parameters, "as")));
    }

    private static Answer drop(DeadLetterDesk desk, Map<String, String> parameters) throws Exception {
        return json(desk.drop(id(parameters), path(parameters, "recipient")));
    }

    private static QueueId id(Map<String, String> parameters) {
        return new QueueId(parameters.getOrDefault("id", ""));
    }

    private static Optional<ForwardPath> path(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(ForwardPath::parse);
    }

    private static Answer json(Object value) {
        return new Answer(200, "application/json", SpoolJson.write(value) + "\n");
    }

    /** The broker has to write it down, and would wait for a full disk as long as it is full. */
    private void changing(String path, Wiring wiring, Page page) {
        guarded(
                path,
                "POST",
                request -> wiring.disk().isFull()
                        ? new Answer(503, "text/plain", wiring.disk().fault() + "\n")
                        : page.answer(request));
    }

    private void guarded(String path, String method, Page page) {
        open(path, request -> {
            if (!token.opens(request.getRequestHeaders().getFirst("Authorization"))) {
                return new Answer(401, "text/plain", "the token of HOME/management.token is needed\n");
            }
            return request.getRequestMethod().equals(method)
                    ? page.answer(request)
                    : new Answer(405, "text/plain", "use " + method + "\n");
        });
    }

    private void open(String path, Page page) {
        server.createContext(path, request -> {
            try (request) {
                Answer answer = request.getRequestURI().getPath().equals(path)
                        ? safely(page, request)
                        : new Answer(404, "text/plain", "no such page\n");
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                request.getResponseHeaders().set("Content-Type", answer.type());
                request.sendResponseHeaders(answer.status(), body.length);
                request.getResponseBody().write(body);
            }
        });
    }

    private static Answer safely(Page page, HttpExchange request) {
        try {
            return page.answer(request);
        } catch (IllegalArgumentException e) {
            return new Answer(400, "text/plain", e.getMessage() + "\n");
        } catch (Refused e) {
            return new Answer(400, "text/plain", e.reason() + "; " + e.remedy() + "\n");
        } catch (Exception e) {
            LOG.warn("management: {} failed", request.getRequestURI().getPath(), e);
            return new Answer(500, "text/plain", "failed, see the log\n");
        }
    }

    private static Map<String, String> parameters(HttpExchange request) {
        String query =
                Optional.ofNullable(request.getRequestURI().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (first, second) -> second));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
