package org.mailchute.rehearsal;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.mailchute.broker.BrokerPlan;
import org.mailchute.credentials.AppProof;
import org.mailchute.credentials.CertificateFiles;
import org.mailchute.credentials.SecretText;
import org.mailchute.envelope.AddressPattern;
import org.mailchute.envelope.MailAddress;
import org.mailchute.gateway.Gateway;
import org.mailchute.gateway.Surroundings;
import org.mailchute.nexthop.NextHop;
import org.mailchute.reply.Option;
import org.mailchute.settings.Cloud;
import org.mailchute.settings.PlaceSettings;
import org.mailchute.settings.Settings;
import org.mailchute.simulator.DemoAuthority;
import org.mailchute.simulator.ExchangeOnline;
import org.mailchute.simulator.Received;
import org.mailchute.simulator.Scenario;
import org.mailchute.simulator.Scenario.Connector;
import org.mailchute.simulator.Scenario.Mailbox;

/**
 * {@code run --rehearse}: the gateway of real settings, with a simulated Microsoft 365 in place of the real one. All it writes
 * lies in {@code HOME/rehearsal}; budgets, lane states, queues and watched folders of the real gateway are not touched, and
 * none of its secrets is used.
 */
public final class RehearsedTenant implements AutoCloseable {
    private static final String PASSWORD = "rehearsal";
    /** By which a connector knows a lane that has no certificate; any of 127/8 will do on Linux. */
    private static final String CONNECTOR_ADDRESS = "127.0.0.2";

    private final Settings real;
    private final Path home;
    private final PrintWriter out;
    private final ExchangeOnline microsoft365;
    private final Settings rehearsed;
    private CompletableFuture<String> fault = new CompletableFuture<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private RehearsedTenant(Settings real, PrintWriter out) throws Exception {
        this.real = real;
        this.home = real.home().resolve("rehearsal");
        this.out = out;
        Scenario scenario = scenario();
        DemoAuthority authority = DemoAuthority.create(
                folder("certificates"), scenario.connector().domain());
        this.microsoft365 = ExchangeOnline.start(scenario, authority, folder("received"));
        parts.push(microsoft365);
        this.rehearsed = settings(scenario.app());
    }

    public static RehearsedTenant open(Settings real, PrintWriter out) throws Exception {
        RehearsedTenant tenant = new RehearsedTenant(real, out);
        try {
            tenant.start();
            return tenant;
        } catch (Exception e) {
            tenant.close();
            throw e;
        }
    }

    private void start() throws Exception {
        out.println("REHEARSAL: nothing goes to Microsoft 365, and no secret of the settings is used.");
        out.println("What lies in the watched and pickup folders is copied and stays where it is.");
        leftOut().forEach(line -> out.println("Not rehearsed: " + line));
        out.println("What the simulated Microsoft 365 received lies in " + home.resolve("received"));
        out.flush();
        microsoft365.onReceived(this::print);
        Surroundings surroundings = Surroundings.real();
        Gateway gateway = Gateway.start(rehearsed, surroundings, List.of());
        parts.push(gateway);
        fault = gateway.fault();
        parts.push(ScanMirror.start(mirrored(), surroundings.clock()));
    }

    private Map<ScanMirror.Watched, Path> mirrored() {
        Map<ScanMirror.Watched, Path> mirrored = new LinkedHashMap<>();
        for (int i = 0; i < real.folders().size(); i++) {
            mirrored.put(
                    ScanMirror.Watched.of(real.folders().get(i)),
                    rehearsed.folders().get(i).folder());
        }
        for (int i = 0; i < real.pickup().size(); i++) {
            mirrored.put(
                    ScanMirror.Watched.of(real.pickup().get(i)),
                    rehearsed.pickup().get(i).folder());
        }
        return mirrored;
    }

    /** What cannot be copied, but would be taken away, or needs the real one's ports, logins or certificates. */
    private List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        real.ftp().forEach(ftp -> lines.add("ftp intake " + ftp.name() + ": its server is not asked"));
        real.jms().forEach(jms -> lines.add("jms intake " + jms.name() + ": the real broker is not asked"));
        real.drop()
                .devices()
                .forEach(device -> lines.add(
                        "drop intake " + device.name() + ": no port is opened; what lies in its folder is copied"));
        real.smtp().forEach(smtp -> lines.add("smtp intake " + smtp.name() + ": no port is opened"));
        return lines;
    }

    private void print(Received mail) {
        out.printf("%s from %s for %s, %s%n", mail.option(), mail.mailFrom(), mail.recipients(), mail.file());
        out.flush();
    }

    /** Completed when its gateway cannot go on. */
    public CompletableFuture<String> fault() {
        return fault;
    }

    /** What the gateway runs by. */
    Settings settings() {
        return rehearsed;
    }

    public List<Received> received() {
        return microsoft365.received();
    }

    private Scenario scenario() {
        List<String> senders = Stream.concat(senders().map(MailAddress::toString), patterns())
                .distinct()
                .toList();
        List<String> domains = Stream.concat(
                        Stream.concat(
                                senders().map(MailAddress::domain), patterns().flatMap(RehearsedTenant::domain)),
                        real.routing().stream()
                                .map(rule -> rule.pattern().replace("*.", ""))
                                .filter(domain -> !domain.equals("*")))
                .distinct()
                .toList();
        List<Mailbox> mailboxes = real.lanes().stream()
                .flatMap(lane -> user(lane.login()).stream())
                .distinct()
                .map(user -> new Mailbox(user, PASSWORD, senders))
                .toList();
        Scenario standard = Scenario.standard();
        String own = domains.isEmpty() ? "contoso.example" : domains.get(0);
        return new Scenario(
                domains,
                false,
                mailboxes,
                standard.app(),
                new Connector(own, List.of(CONNECTOR_ADDRESS)),
                standard.limits(),
                "",
                0,
                List.of());
    }

    private Stream<MailAddress> senders() {
        return Stream.concat(
                real.rules()
                        .flatMap(rule -> Stream.concat(Stream.of(rule.from()), rule.reversePath().address().stream())),
                real.pickup().stream().flatMap(pickup -> pickup.rule().from().stream()));
    }

    /** Whoever writes to a pickup folder may be any of these. */
    private Stream<String> patterns() {
        return real.pickup().stream()
                .flatMap(pickup -> pickup.rule().senders().stream())
                .map(AddressPattern::pattern);
    }

    private static Stream<String> domain(String pattern) {
        return Stream.of(pattern.substring(pattern.indexOf('@') + 1).replace("*.", ""))
                .filter(domain -> !domain.equals("*"));
    }

    private static Optional<String> user(Settings.Login login) {
        return login instanceof Settings.Login.Password password
                ? Optional.of(password.user())
                : login.sendsAs().map(MailAddress::toString);
    }

    private Settings settings(Scenario.App app) throws Exception {
        Path certificates = folder("certificates");
        List<Settings.FolderIntake> folders = new ArrayList<>();
        for (Settings.FolderIntake intake : real.folders()) {
            folders.add(new Settings.FolderIntake(
                    intake.name(),
                    folder("scans").resolve(intake.name()),
                    folder("rejected").resolve(intake.name()),
                    intake.subfolders(),
                    intake.poll(),
                    Duration.ZERO,
                    PlaceSettings.NONE,
                    intake.rule()));
        }
        return new Settings(
                home,
                real.name(),
                real.routesFolder(),
                real.replies(),
                folders,
                List.of(),
                real.jms(),
                real.drop().off(),
                real.pickup().stream().map(this::pickup).toList(),
                List.of(),
                real.policy(),
                real.lanes().stream().map(lane -> lane(lane, app, certificates)).toList(),
                real.routing(),
                real.retry(),
                BrokerPlan.EMBEDDED,
                new Settings.Management(real.management().bind().isEmpty() ? "" : "127.0.0.1", 0),
                real.cloud());
    }

    private Settings.PickupIntake pickup(Settings.PickupIntake intake) {
        return new Settings.PickupIntake(
                intake.name(),
                home.resolve("pickup").resolve(intake.name()),
                Optional.of(home.resolve("rejected").resolve(intake.name())),
                intake.poll(),
                Duration.ZERO,
                intake.dotStuffed(),
                intake.rule());
    }

    private Settings.Lane lane(Settings.Lane lane, Scenario.App app, Path certificates) {
        boolean byAddress = lane.nextHop().option() == Option.RELAY && lane.login() instanceof Settings.Login.Anonymous;
        return new Settings.Lane(
                nextHop(lane.nextHop()),
                lane.limits(),
                lane.tls(),
                Optional.of(certificates.resolve("ca.pem")),
                byAddress ? Optional.of(CONNECTOR_ADDRESS) : Optional.empty(),
                List.of(),
                false,
                false,
                login(lane.login(), app, certificates),
                lane.sender(),
                lane.timing());
    }

    private NextHop nextHop(NextHop real) {
        return switch (real.option()) {
            case SUBMISSION -> new NextHop.Submission(real.lane(), "localhost", microsoft365.submissionPort());
            case DIRECT_SEND -> new NextHop.DirectSend(real.lane(), "localhost", microsoft365.mxPort());
            case RELAY -> new NextHop.Relay(real.lane(), "localhost", microsoft365.mxPort());
        };
    }

    private Settings.Login login(Settings.Login login, Scenario.App app, Path certificates) {
        if (login instanceof Settings.Login.Password password) {
            return new Settings.Login.Password(password.user(), new SecretText(PASSWORD));
        }
        if (login instanceof Settings.Login.ClientCertificate) {
            return new Settings.Login.ClientCertificate(new CertificateFiles.Pem(
                    certificates.resolve("client-chain.pem"), certificates.resolve("client-key.pem")));
        }
        return login.sendsAs()
                .<Settings.Login>map(mailbox -> new Settings.Login.App(
                        mailbox,
                        app.tenant(),
                        app.clientId(),
                        new AppProof.Secret(new SecretText(app.clientSecret())),
                        microsoft365.tokenEndpoint().toString(),
                        Cloud.WORLDWIDE.scope()))
                .orElse(login);
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectories(home.resolve(name));
    }

    @Override
    public void close() throws Exception {
        int count = received().size();
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
        out.printf("Rehearsal over: %d messages received, see %s%n", count, home.resolve("received"));
        out.flush();
    }
}
