package org.mailchute.gateway;

import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mailchute.broker.Queues;
import org.mailchute.command.Main;
import org.mailchute.limits.Uptime;
import org.mailchute.settings.SettingsReader;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FastTime;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.TestFolder;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.mailchute.trace.EventJson;
import org.xbill.DNS.Resolver;

/**
 * A gateway with real settings, real broker and real lanes, and the simulated Microsoft 365 it sends to. As
 * {@code @RegisterExtension final Town town = new Town();} each test has a new one, as a {@code static} field all tests of a
 * class share one; either way it closes itself, with its folder. Nothing is started before it is needed.
 */
public final class Town extends TownSettings
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    private final List<DeliveryEvent> events = Collections.synchronizedList(new ArrayList<>());
    private Scenario scenario = Scenario.standard();
    private Clock clockOfMicrosoft365 = Clock.systemUTC();
    private final Surroundings real = Surroundings.real();
    private Clock clock = real.clock();
    private Clock steady = real.steady();
    private Uptime uptime = real.uptime();
    private Resolver dns = real.dns();
    private boolean ofAllTests;
    private boolean forgets;
    private @Nullable TestFolder folder;
    private @Nullable ExchangeOnline microsoft365;
    private @Nullable Gateway gateway;
    private int forgotten;
    private int marks;

    /** What the simulated Microsoft 365 does, from the first on. */
    public Town withScenario(Scenario other) {
        if (microsoft365 != null) {
            throw new IllegalStateException("Microsoft 365 is open already");
        }
        scenario = other;
        return this;
    }

    /** By which the simulated Microsoft 365 counts, from the first on. */
    Town withClockOfMicrosoft365(Clock clock) {
        clockOfMicrosoft365 = clock;
        return this;
    }

    /** The connector lane's certificate ends then. */
    Town withCertificateUntil(Instant notAfter) throws Exception {
        microsoft365();
        Path certificates = folder("certificates");
        Papers.into(certificates).writeClient(certificates, "client", "contoso.example", notAfter);
        return this;
    }

    /** Asks this DNS for MX hosts. */
    Town withDns(Resolver other) {
        dns = other;
        return this;
    }

    /** Tells the gateway this time. */
    Town withClock(Clock other) {
        clock = other;
        return this;
    }

    /** By this time its sessions age. */
    Town withSteadyClock(Clock other) {
        steady = other;
        return this;
    }

    /** Tells the gateway this time that nobody sets. */
    Town withUptime(Uptime other) {
        uptime = other;
        return this;
    }

    /** A second of waiting takes a sixtieth. */
    Town withoutWaits() {
        return withClock(new FastTime(clock.instant(), 60));
    }

    @Override
    Town self() {
        return this;
    }

    public Town start() throws Exception {
        Surroundings surroundings = new Surroundings(clock, steady, uptime, real.chance(), dns);
        Path file = settings();
        gateway = Gateway.start(
                () -> SettingsReader.read(file, Map.of()), surroundings, List.of(events::add), lost -> {});
        return this;
    }

    /** Stops the gateway; everything else goes on. */
    public void stop() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    /** What a command printed, and its exit code. */
    public record Ran(int exitCode, String out, String err) {}

    /** Runs a command as a person would, with this town's settings. */
    public Ran command(String... words) throws Exception {
        return commandWith(settings(), words);
    }

    /** Likewise, with other settings of the same home. */
    static Ran commandWith(Path settings, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", settings.toString()));
        int exitCode = Main.commandLine(words)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    /** What the management port tells Prometheus. */
    public String metrics() throws IOException {
        try (InputStream body = page("/metrics").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All its files are below. */
    public Path root() {
        try {
            if (folder == null) {
                folder = new TestFolder();
            }
            return folder.path();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path folder(String name) throws IOException {
        return Files.createDirectories(root().resolve(name));
    }

    @Override
    ExchangeOnline microsoft365() throws Exception {
        if (microsoft365 == null) {
            microsoft365 = ExchangeOnline.start(
                    scenario, Papers.into(folder("certificates")), folder("received"), clockOfMicrosoft365);
        }
        return microsoft365;
    }

    public Gateway gateway() {
        return Objects.requireNonNull(gateway, "not started");
    }

    /** Saves a file as a scanner with a temporary name does. */
    public void scan(String folder, String name, String content) throws IOException {
        Path half = Files.writeString(folder(folder).resolve(name + ".tmp"), content);
        Files.move(half, folder(folder).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Publishes a mail request and returns its answer. */
    String ask(String json) {
        try (Application application = new Application(this)) {
            Message request = application.text(json);
            application.ask(request);
            return application.answer().getBody(String.class);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    public void publish(String json) {
        publish("mail.requests", json);
    }

    public void publish(String queue, String json) {
        try (JMSContext application = gateway().broker().createContext()) {
            application.createProducer().send(application.createQueue(queue), json);
        }
    }

    /** None while there is no Microsoft 365. */
    public List<Received> received() {
        return microsoft365 == null
                ? List.of()
                : microsoft365.received().stream().skip(forgotten).toList();
    }

    /** Of all tests of a class, of which each sees what is its own, and leaves nothing to the next. */
    Town forgetful() {
        forgets = true;
        return this;
    }

    /** Drops dead letters, and waits until all else is sent and told; that was another test's. */
    public void forget() throws Exception {
        for (DeliveryEvent dead : events(Kind.DEAD)) {
            command("dead", "drop", dead.queueId());
        }
        awaitEmptySpool();
        awaitTold();
        for (Path file : FilesIn.folder(home().resolve("rejected"))) {
            Files.delete(file);
        }
        forgotten += received().size();
        events.clear();
    }

    /** Events are told in their order: when this one is, all before it are. */
    private void awaitTold() {
        String mark = "mark-" + marks++;
        publish(
                Queues.EVENTS,
                EventJson.write(DeliveryEvent.of(Kind.LANE_OPEN, Instant.EPOCH)
                        .over(mark, "")
                        .event()));
        await("all is told")
                .until(() -> events(Kind.LANE_OPEN).stream()
                        .anyMatch(event -> event.lane().equals(mark)));
    }

    public List<Received> awaitReceived(int count) {
        await("mail received").until(() -> received().size() >= count);
        return received();
    }

    public List<DeliveryEvent> events(Kind kind) {
        synchronized (events) {
            return events.stream().filter(event -> event.kind() == kind).toList();
        }
    }

    public DeliveryEvent awaitEvent(Kind kind) {
        await(kind.toString()).until(() -> !events(kind).isEmpty());
        return events(kind).get(0);
    }

    /** Nothing rests in the spool. Looked at in the order in which mail goes, else some would be seen in neither. */
    public void awaitEmptySpool() {
        await("the spool is empty")
                .until(() -> FilesIn.folder(home().resolve("incoming")).isEmpty()
                        && FilesIn.folder(home().resolve("messages")).isEmpty());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofAllTests = true;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!ofAllTests) {
            close();
        } else if (forgets && context.getExecutionException().isEmpty()) {
            forget();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    @Override
    public void close() throws Exception {
        stop();
        if (microsoft365 != null) {
            microsoft365.close();
            microsoft365 = null;
        }
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }

    /** Status and body of {@code /health/ready}. */
    String ready() throws IOException, InterruptedException {
        return answer("/health/ready");
    }

    /** Status and body of a page. */
    String answer(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page(path)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private URI page(String path) throws IOException {
        return URI.create("http://" + Files.readString(home().resolve("management.address")) + path);
    }
}
