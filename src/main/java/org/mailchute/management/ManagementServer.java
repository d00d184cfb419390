package org.mailchute.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.TlsSource;
import org.mailchute.deadletter.Person;
import org.mailchute.door.ClosedPort;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.intake.Refused;
import org.mailchute.lane.Lane;
import org.mailchute.settings.ManagementSettings;
import org.mailchute.settings.Settings;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoolJson;
import org.mailchute.steps.DeadLetterDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP for probes, metrics and the commands {@code lanes}, {@code dead} and {@code trace}, on loopback unless the settings say otherwise.
 *
 * <p>Open to all who can connect: {@code GET /health/live}, {@code /health/ready}, {@code /metrics}. With the bearer token
 * of {@code HOME/management.token}: {@code GET /settings}, {@code POST /reload}, {@code GET /lanes}, {@code GET /intakes}, {@code GET /cluster}, {@code POST /lanes/hold}, {@code POST
 * /lanes/release}, {@code GET /dead}, {@code POST /dead/replay}, {@code POST /dead/drop},
 * {@code GET /trace}, {@code GET /trace/message}, {@code POST /trace/forget}.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final HttpPages pages = new HttpPages(ConnectionLimits.STANDARD, Clock.systemUTC());
    private final Managed gateway;
    private final ManagementToken token;

    private ManagementServer(Managed gateway, ManagementToken token) {
        this.gateway = gateway;
        this.token = token;
    }

    /**
     * Starts it, or nothing when no bind address is set.
     *
     * @param others serve their pages and commands at its port
     */
    public static AutoCloseable start(
            Settings settings, Managed gateway, PrometheusMeterRegistry meters, Consumer<ManagementServer> others)
            throws IOException {
        if (settings.management().bind().isEmpty()) {
            return () -> {};
        }
        ManagementServer server = new ManagementServer(gateway, ManagementToken.create(settings.home()));
        try {
            server.pages(meters);
            others.accept(server);
            server.listen(settings);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** For pages of others. */
    public HttpPages http() {
        return pages;
    }

    /** One more to be posted to with the token. */
    public void command(String path, Page page) {
        guarded(path, "POST", page);
    }

    private void pages(PrometheusMeterRegistry meters) {
        pages.health("/health/live", request -> gateway.live().get().answer(request, "live"));
        pages.health("/health/ready", request -> gateway.ready().get().answer(request, "ready"));
        pages.open("/metrics", request -> new Response(200, "text/plain; version=0.0.4", meters.scrape()));
        guarded(
                "/settings",
                "GET",
                request -> json(gateway.settings().get().written().shown()));
        changing("/reload", request -> json(gateway.reload().now()));
        guarded("/lanes", "GET", request -> json(LaneReport.of(gateway)));
        guarded("/cluster", "GET", request -> json(gateway.cluster().map(Supplier::get)));
        guarded("/intakes", "GET", request -> json(IntakeReport.of(gateway)));
        changing("/lanes/hold", request -> {
            gateway.stops()
                    .hold(lane(gateway, request), by(request.parameters()).name());
            return json("held");
        });
        changing(
                "/lanes/release",
                request -> json(
                        gateway.stops()
                                        .release(
                                                lane(gateway, request),
                                                by(request.parameters()).name())
                                ? "released"
                                : "was open"));
        guarded("/dead", "GET", request -> json(gateway.desk().list()));
        TracePages trace = new TracePages(gateway.trace(), gateway.clock());
        guarded("/trace", "GET", request -> trace.find(request.parameters()));
        guarded("/trace/message", "GET", request -> trace.story(request.parameters()));
        command("/trace/forget", request -> trace.forget(request.parameters()));
        changing("/dead/replay", request -> replay(gateway.desk(), request.parameters()));
        changing("/dead/drop", request -> drop(gateway.desk(), request.parameters()));
    }

    private void listen(Settings settings) throws IOException {
        ManagementSettings management = settings.management();
        InetSocketAddress address = listening(management, tls(settings));
        ManagementToken.writeAddress(settings.home(), address);
        LOG.info("management listens on {}://{}:{}/", management.scheme(), management.bind(), address.getPort());
    }

    private static Optional<TlsSource> tls(Settings settings) throws IOException {
        Optional<CertificateFiles> certificate = settings.management().certificate();
        if (certificate.isEmpty()) {
            Files.deleteIfExists(ManagementToken.certificate(settings.home()));
            return Optional.empty();
        }
        ShownTls tls = new ShownTls(certificate.get(), settings.home(), Clock.systemUTC());
        tls.look();
        return Optional.of(tls);
    }

    private InetSocketAddress listening(ManagementSettings management, Optional<TlsSource> tls) throws ClosedPort {
        try {
            return pages.listen(new InetSocketAddress(management.bind(), management.port()), tls);
        } catch (IOException e) {
            throw ClosedPort.of("management", management.bind(), management.port(), e);
        }
    }

    private static Lane lane(Managed gateway, Request request) {
        String name = request.parameters().getOrDefault("lane", "");
        Lane lane = gateway.lanes().get(name);
        if (lane == null || lane.leaving()) {
            throw new IllegalArgumentException("no such lane; there are "
                    + gateway.lanes().values().stream()
                            .filter(other -> !other.leaving())
                            .map(Lane::name)
                            .collect(Collectors.joining(", ")));
        }
        return lane;
    }

    private static Response replay(DeadLetterDesk desk, Map<String, String> parameters) throws Exception {
        return json(desk.replay(id(parameters), path(parameters, "recipient"), path(parameters, "as"), by(parameters)));
    }

    private static Response drop(DeadLetterDesk desk, Map<String, String> parameters) throws Exception {
        return json(desk.drop(id(parameters), path(parameters, "recipient"), by(parameters)));
    }

    private static QueueId id(Map<String, String> parameters) {
        return new QueueId(parameters.getOrDefault("id", ""));
    }

    /** Who asks, as the command says. */
    public static Person by(Map<String, String> parameters) {
        return new Person(parameters.getOrDefault("by", ""));
    }

    private static Optional<ForwardPath> path(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(ForwardPath::parse);
    }

    public static Response json(Object value) {
        return new Response(200, "application/json", SpoolJson.write(value) + "\n");
    }

    /** The broker has to write it down, and would wait for a full disk as long as it is full. */
    private void changing(String path, Page page) {
        guarded(path, "POST", request -> {
            Optional<String> fault = gateway.disk().fault();
            return fault.isPresent() ? Response.line(503, fault.get()) : page.answer(request);
        });
    }

    private void guarded(String path, String method, Page page) {
        pages.guarded(path, request -> refusal(request, method), request -> plainly(page, request));
    }

    private Optional<Response> refusal(Request request, String method) {
        if (!token.opens(request.header("authorization"))) {
            return Optional.of(Response.line(401, "the token of HOME/management.token is needed"));
        }
        return request.method().equals(method) ? Optional.empty() : Optional.of(Response.line(405, "use " + method));
    }

    /** What the one who asks did wrong is said to that one. */
    private static Response plainly(Page page, Request request) throws Exception {
        try {
            return page.answer(request);
        } catch (IllegalArgumentException e) {
            return Response.line(400, String.valueOf(e.getMessage()));
        } catch (Refused e) {
            return Response.line(400, e.reason() + "; " + e.remedy());
        } catch (JMSException e) {
            return Response.line(503, "the broker cannot be asked now: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        pages.close();
    }
}
