package org.mailchute.boot;

import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.limits.Uptime;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.testing.FilesIn;
import org.mailchute.testing.Patience;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.DeliveryEvent.Kind;
import org.xbill.DNS.Resolver;

/** A gateway with real settings, real broker and real lanes, and the simulated Microsoft 365 it sends to. */
final class Town implements AutoCloseable {
    private final Path root;
    private final ExchangeOnline microsoft365;
    private final List<DeliveryEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final StringBuilder more = new StringBuilder();
    private final StringBuilder folders = new StringBuilder();
    private final StringBuilder rules = new StringBuilder();
    private final StringBuilder lanes = new StringBuilder();
    private final StringBuilder sections = new StringBuilder();
    private String secret = "demo-client-secret";
    private Optional<String> authority = Optional.empty();
    private Optional<String> proof = Optional.empty();
    private String schedule = "[1s, 1s, 1s]";
    private String gatewayOptions = "";
    private String brokerOptions = "";
    private String laneOptions = "";
    private String acceptOptions = "";
    private String mailboxOptions = "messagesPerMinute: 0";
    private Surroundings surroundings = Surroundings.real();
    private @Nullable Gateway gateway;

    Town(Path root, Scenario scenario) throws Exception {
        this(root, scenario, Clock.systemUTC());
    }

    /** @param clock by which the simulated Microsoft 365 counts */
    Town(Path root, Scenario scenario, Clock clock) throws Exception {
        this.root = root;
        this.microsoft365 =
                ExchangeOnline.start(scenario, Papers.into(folder("certificates")), folder("received"), clock);
    }

    /** One authority for all towns of a JVM: three RSA keys take longer than many a test. */
    private static final class Papers {
        private static final Map<String, byte[]> FILES = new HashMap<>();
        private static @Nullable DemoAuthority authority;

        static synchronized DemoAuthority into(Path folder) throws Exception {
            if (authority == null) {
                authority = DemoAuthority.create(folder, "contoso.example");
                for (Path file : files(folder)) {
                    FILES.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
                }
            }
            for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return authority;
        }
    }

    /** The connector lane's certificate ends then. */
    Town withCertificateUntil(Instant notAfter) throws Exception {
        Path folder = folder("certificates");
        Papers.into(folder).writeClient(folder, "client", "contoso.example", notAfter);
        return this;
    }

    /** The client secret the gateway is given. */
    Town withSecret(String other) {
        secret = other;
        return this;
    }

    /** Where the gateway asks for tokens, instead of the simulated Microsoft 365. */
    Town withAuthority(String other) {
        authority = Optional.of(other);
        return this;
    }

    /** How the mailbox lanes' app is named and proves itself, instead of by client secret. */
    Town withLogin(String keys) {
        proof = Optional.of(keys);
        return this;
    }

    Town withSchedule(String waits) {
        schedule = waits;
        return this;
    }

    /** Further keys below {@code gateway:}. */
    Town withGatewayOptions(String keys) {
        gatewayOptions = ", " + keys;
        return this;
    }

    /** Keys below {@code broker:}. */
    Town withBroker(String keys) {
        brokerOptions = keys;
        return this;
    }

    /** Further keys below {@code accept:}. */
    Town withAcceptOptions(String keys) {
        acceptOptions = ", " + keys;
        return this;
    }

    /** Further keys of the direct and connector lanes. */
    Town withLaneOptions(String keys) {
        laneOptions = ", " + keys;
        return this;
    }

    /** Asks this DNS for MX hosts. */
    Town withDns(Resolver dns) {
        surroundings = new Surroundings(surroundings.clock(), surroundings.uptime(), surroundings.chance(), dns);
        return this;
    }

    /** Tells the gateway this time. */
    Town withClock(Clock clock) {
        surroundings = new Surroundings(clock, surroundings.uptime(), surroundings.chance(), surroundings.dns());
        return this;
    }

    /** Tells the gateway this time that nobody sets. */
    Town withUptime(Uptime uptime) {
        surroundings = new Surroundings(surroundings.clock(), uptime, surroundings.chance(), surroundings.dns());
        return this;
    }

    /** One more watched folder, of the same name, with further keys. */
    Town withFolder(String name, String keys) throws IOException {
        return withFolder(name, folder(name), keys);
    }

    Town withFolder(String name, Path folder, String keys) {
        folders.append(
                "    - {name: %s, folder: \"%s\", poll: 100ms, from: scanner@contoso.example, to: [anna@contoso.example], subject: \"Scan ${file}\"%s}%n"
                        .formatted(name, folder, keys.isEmpty() ? "" : ", " + keys));
        return this;
    }

    /** A lane that looks its MX hosts up. */
    Town withMxLane(String name, String domain) {
        lanes.append("  - {name: %s, option: direct-send, domain: %s, port: %d, uncertainWait: 2s, probe: 1s}%n"
                .formatted(name, domain, microsoft365.mxPort()));
        return this;
    }

    /** Further keys of the mailbox lane. */
    Town withMailboxOptions(String keys) {
        mailboxOptions = keys;
        return this;
    }

    /** Further intakes (YAML below {@code intake:}). */
    Town withIntake(String yaml) {
        more.append(yaml);
        return this;
    }

    /** Further sections (YAML at the top). */
    Town withSection(String yaml) {
        sections.append(yaml).append('\n');
        return this;
    }

    /** A rule before the others (YAML below {@code next-hop:}). */
    Town withRule(String yaml) {
        rules.append("  - ").append(yaml).append('\n');
        return this;
    }

    /** One more mailbox of the tenant as a lane, with further keys. */
    Town withMailbox(String name, String keys) throws IOException {
        lanes.append("  - ")
                .append(mailbox(name, name + "@contoso.example", keys))
                .append('\n');
        return this;
    }

    /** One more lane that logs in as the mailbox of the lane called mailbox, with further keys. */
    Town withLaneOfTheMailbox(String name, String keys) throws IOException {
        return withLane(mailbox(name, "scanner@contoso.example", keys));
    }

    /** One more lane (YAML below {@code lanes:}). */
    Town withLane(String yaml) {
        lanes.append("  - ").append(yaml).append('\n');
        return this;
    }

    private String mailbox(String name, String address, String keys) throws IOException {
        return "{name: %s, option: submission, host: localhost, port: %d, trust: \"%s/ca.pem\", %s, login: {mailbox: %s, tenant: contoso.example, %s, authority: \"%s\"}}"
                .formatted(
                        name,
                        microsoft365.submissionPort(),
                        folder("certificates"),
                        keys,
                        address,
                        proof.orElse("clientId: 11111111-2222-3333-4444-555555555555, clientSecret: \"${file:"
                                + folder("secrets").resolve("client") + "}\""),
                        authority.orElse(microsoft365.tokenEndpoint().toString()));
    }

    Town start() throws Exception {
        gateway = Gateway.start(SettingsReader.read(settings(), Map.of()), surroundings, List.of(events::add));
        return this;
    }

    /** Stops the gateway; everything else goes on. */
    void stop() {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    Path settings() throws IOException {
        Files.writeString(folder("secrets").resolve("client"), secret);
        String certificates = folder("certificates").toString();
        return Files.writeString(root.resolve("mailchute.yaml"), """
                gateway: {name: gateway.contoso.example, home: "%s"%s}
                intake:
                  folders:
                    - {name: scans, folder: "%s", poll: 100ms, stableFor: 100ms, from: scanner@contoso.example, fromName: Scanner, to: [anna@contoso.example], subject: "Scan ${file}", text: "Scanned."}
                    - {name: both, folder: "%s", poll: 100ms, stableFor: 100ms, from: scanner@contoso.example, to: [anna@contoso.example], cc: [buyer@fabrikam.example], bcc: [archive@contoso.example], subject: "Scan ${file}", text: "Scanned."}
                %s
                  jms:
                    - {name: applications, queue: mail.requests, from: scanner@contoso.example}
                %s
                accept: {senders: ["*@contoso.example"], recipients: ["*@contoso.example", "*@fabrikam.example", "*@partner.example", "*@*.rows.example"], headers: ["X-Invoice"]%s}
                next-hop:
                %s
                  - {domain: contoso.example, lane: direct}
                  - {domain: partner.example, lane: connector}
                  - {domain: "*", lane: mailbox}
                lanes:
                  - {name: direct, option: direct-send, host: localhost, port: %d, sessions: 2, uncertainWait: 2s%s}
                  - {name: connector, option: relay, host: localhost, port: %d, tls: required, trust: "%s/ca.pem", certificate: {chain: "%s/client-chain.pem", key: "%s/client-key.pem"}%s}
                  - %s
                %s
                deferred: {schedule: %s}
                broker: {%s}
                management: {bind: 127.0.0.1, port: 0}
                %s
                """.formatted(
                        home(),
                        gatewayOptions,
                        folder("scans"),
                        folder("both"),
                        folders,
                        more,
                        acceptOptions,
                        rules,
                        microsoft365.mxPort(),
                        laneOptions,
                        microsoft365.mxPort(),
                        certificates,
                        certificates,
                        certificates,
                        laneOptions,
                        mailbox("mailbox", "scanner@contoso.example", mailboxOptions),
                        lanes,
                        schedule,
                        brokerOptions,
                        sections));
    }

    /** What a command printed, and its exit code. */
    record Ran(int exitCode, String out, String err) {}

    /** Runs a command as a person would, with this town's settings. */
    Ran command(String... words) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", settings().toString()));
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    /** What the management port tells Prometheus. */
    String metrics() throws IOException {
        URI page = URI.create("http://" + Files.readString(home().resolve("management.address")) + "/metrics");
        try (InputStream body = page.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Path home() throws IOException {
        return folder("home");
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    ExchangeOnline microsoft365() {
        return microsoft365;
    }

    Gateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    /** Saves a file as a scanner with a temporary name does. */
    void scan(String folder, String name, String content) throws IOException {
        Path half = Files.writeString(folder(folder).resolve(name + ".tmp"), content);
        Files.move(half, folder(folder).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Publishes a mail request and returns its answer. */
    String ask(String json) {
        try (JMSContext application = gateway().broker().createContext()) {
            var answers = application.createTemporaryQueue();
            Message request = application.createTextMessage(json);
            request.setJMSReplyTo(answers);
            application.createProducer().send(application.createQueue("mail.requests"), request);
            Message answer = application.createConsumer(answers).receive(Patience.MILLIS);
            return Objects.requireNonNull(answer, "no answer").getBody(String.class);
        } catch (jakarta.jms.JMSException e) {
            throw new AssertionError(e);
        }
    }

    void publish(String json) {
        publish("mail.requests", json);
    }

    void publish(String queue, String json) {
        try (JMSContext application = gateway().broker().createContext()) {
            application.createProducer().send(application.createQueue(queue), json);
        }
    }

    List<Received> received() {
        return microsoft365.received();
    }

    List<Received> awaitReceived(int count) {
        await("mail received").until(() -> received().size() >= count);
        return received();
    }

    List<DeliveryEvent> events(Kind kind) {
        synchronized (events) {
            return events.stream().filter(event -> event.kind() == kind).toList();
        }
    }

    DeliveryEvent awaitEvent(Kind kind) {
        await(kind.toString()).until(() -> !events(kind).isEmpty());
        return events(kind).get(0);
    }

    /** Nothing rests in the spool. */
    void awaitEmptySpool() {
        await("the spool is empty")
                .until(() -> files(home().resolve("messages")).isEmpty()
                        && files(home().resolve("incoming")).isEmpty());
    }

    static List<Path> files(Path folder) throws IOException {
        return FilesIn.folder(folder);
    }

    static String text(Received mail) {
        try {
            return Files.readString(mail.file(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        microsoft365.close();
    }
}
