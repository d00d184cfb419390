package org.mailchute.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A simulated Microsoft 365 on loopback: the submission endpoint (smtp.office365.com:587), an MX host (port 25) that knows a
 * connector, High Volume Email, Azure Communication Services, the token endpoint, and Microsoft Graph beside that. It takes mail, keeps it as
 * files, and refuses what the scenario says, in Exchange
 * Online's own words.
 */
public final class ExchangeOnline implements AutoCloseable {
    /** Characters of the recipient in a file's name; an address may be longer than a file system allows. */
    private static final int LONGEST_NAME = 100;

    private final Scenario scenario;
    private final Path mailFolder;
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final List<Consumer<Received>> listeners = new CopyOnWriteArrayList<>();
    private final RuleBook rules;
    private final Clock clock;
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final TokenEndpoint tokens;
    private final SubmissionRules mailboxes;
    private final GraphFace graph;
    private final SmtpFace submission;
    private final SmtpFace mx;
    private final SmtpFace hve;
    private final SmtpFace acs;

    private ExchangeOnline(Scenario scenario, DemoAuthority authority, Path mailFolder, Ports ports, Clock clock)
            throws IOException {
        this.scenario = scenario;
        this.rules = new RuleBook(scenario.rules());
        this.clock = clock;
        this.mailFolder = Files.createDirectories(mailFolder);
        this.tokens = TokenEndpoint.start(scenario, authority.serverContext(), ports.token());
        this.mailboxes = new SubmissionRules(scenario, tokens::forExchange, clock);
        this.graph = new GraphFace(this, mailboxes.meter(), tokens::forGraph);
        graph.at(tokens);
        this.submission = SmtpFace.open(this, mailboxes, authority, ports.submission());
        this.mx = SmtpFace.open(this, new MxRules(scenario, clock), authority, ports.mx());
        this.hve = SmtpFace.open(this, new HveRules(scenario, tokens::forExchange, clock), authority, ports.hve());
        this.acs = SmtpFace.open(this, new AcsRules(scenario, tokens::forCommunication, clock), authority, ports.acs());
    }

    /** Ports to listen on; 0 takes a free one. */
    public record Ports(int submission, int mx, int token, int hve, int acs) {
        /** Free ones. */
        public static final Ports FREE = new Ports(0, 0, 0, 0, 0);
    }

    public static ExchangeOnline start(Scenario scenario, DemoAuthority authority, Path mailFolder) throws IOException {
        return start(scenario, authority, mailFolder, Ports.FREE);
    }

    /** With a clock of its own, that a test moves. */
    public static ExchangeOnline start(Scenario scenario, DemoAuthority authority, Path mailFolder, Clock clock)
            throws IOException {
        return new ExchangeOnline(scenario, authority, mailFolder, Ports.FREE, clock);
    }

    /** @throws IOException when a port is taken */
    public static ExchangeOnline start(Scenario scenario, DemoAuthority authority, Path mailFolder, Ports ports)
            throws IOException {
        return new ExchangeOnline(scenario, authority, mailFolder, ports, Clock.systemUTC());
    }

    public int submissionPort() {
        return submission.port();
    }

    public int mxPort() {
        return mx.port();
    }

    public int hvePort() {
        return hve.port();
    }

    public int acsPort() {
        return acs.port();
    }

    /** The authority as OAuth libraries want it, the tenant included. */
    public URI tokenEndpoint() {
        return tokens.authority();
    }

    /** By HTTPS, as the tokens. */
    public int graphPort() {
        return tokens.port();
    }

    /** Drafts that lie in mailboxes. */
    public int drafts() {
        return graph.drafts();
    }

    /** Every token given so far is refused from now on. */
    public void withdrawTokens() {
        tokens.withdraw();
    }

    /** Ends everybody's sign-in, as a new password does: refresh tokens are refused from now on. */
    public void revokeSignIns() {
        tokens.revokeSignIns();
    }

    /** What was taken, in order. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Forgets what it took and saw so far; the files stay. For those who let it run for long. */
    public void forget() {
        received.clear();
        commands.clear();
    }

    /** Every command line seen, with the number of its session in front; secrets of AUTH left out. */
    public List<String> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    /** Connections accepted so far. */
    public int sessions() {
        return sessions.get();
    }

    /** Of these, connections to the submission endpoint. */
    public int submissionSessions() {
        return submission.sessions();
    }

    /** The most connections to the submission endpoint there were at one time. */
    public int mostSubmissionSessions() {
        return submission.most();
    }

    /** The most messages that one mailbox submitted in any time of this length. */
    public Busiest busiest(Duration window) {
        return mailboxes.busiest(window);
    }

    /** Of these, connections to the MX host. */
    public int mxSessions() {
        return mx.sessions();
    }

    /** Told of each message taken, in the session's thread. */
    public void onReceived(Consumer<Received> listener) {
        listeners.add(listener);
    }

    Scenario scenario() {
        return scenario;
    }

    RuleBook rules() {
        return rules;
    }

    Clock clock() {
        return clock;
    }

    int nextSession() {
        return sessions.incrementAndGet();
    }

    void saw(int session, String command) {
        commands.add(session + " " + command);
    }

    Path newFile(String option, String recipient) {
        String safe = recipient
                .substring(0, Math.min(recipient.length(), LONGEST_NAME))
                .replaceAll("[^A-Za-z0-9@._-]", "_");
        return mailFolder.resolve("%04d-%s-%s.eml".formatted(messages.incrementAndGet(), option, safe));
    }

    void took(Received mail) {
        received.add(mail);
        listeners.forEach(listener -> listener.accept(mail));
    }

    @Override
    public void close() throws IOException {
        submission.close();
        mx.close();
        hve.close();
        acs.close();
        tokens.close();
    }
}
