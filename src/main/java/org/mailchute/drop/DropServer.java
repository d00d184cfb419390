package org.mailchute.drop;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.mailchute.credentials.Causes;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.door.ClosedPort;
import org.mailchute.door.Crowd;
import org.mailchute.door.Guessers;
import org.mailchute.door.Seldom;
import org.mailchute.door.Watchdog;

/** The FTP and FTPS server that devices save scans to. */
public final class DropServer implements AutoCloseable {
    private static final String EXPLICIT = "default";
    private static final String IMPLICIT = "implicit";
    private static final int WRONG_PASSWORDS = 3;
    /** Sessions that have not logged in, or only say something, need threads too, and those that wait after a wrong password. */
    private static final int MORE_THREADS = 4 + Guessers.GUESSES;

    /** Not logged in, in all; more only where more may log in at a time. */
    private static final int STRANGERS = 50;

    private static final int STRANGERS_OF_ONE = 10;

    private final FtpServer server;
    private final Map<String, Listener> listeners;
    private final Watchdog watchdog;

    private DropServer(FtpServer server, Map<String, Listener> listeners, Watchdog watchdog) {
        this.server = server;
        this.listeners = listeners;
        this.watchdog = watchdog;
    }

    /** @throws IOException when it cannot listen, or its certificate cannot be used */
    public static DropServer start(DropPlan plan, List<DropLogin> logins, Clock clock) throws IOException {
        Watchdog watchdog = new Watchdog("ftp-server", clock);
        Visits visits = new Visits(
                watchdog,
                clock,
                plan.idle(),
                plan.sessionAge(),
                new Crowd<>(Math.max(STRANGERS, plan.maxLogins()), STRANGERS_OF_ONE),
                new Seldom(clock));
        Guessers guessers = new Guessers("ftp server", clock);
        DropUsers users = new DropUsers(plan, logins, guessers);
        CommandFactory commands = DropCommands.of(plan, users, guessers);
        Optional<FtpTls> tls =
                plan.certificate().map(files -> new FtpTls(RenewedTls.serving(files, clock), watchdog, plan.idle()));
        Map<String, Listener> listeners = new LinkedHashMap<>();
        listeners.put(EXPLICIT, listener(plan, commands, visits, tls, plan.port(), false));
        plan.implicitPort()
                .ifPresent(port -> listeners.put(IMPLICIT, listener(plan, commands, visits, tls, port, true)));
        FtpServerFactory factory = new FtpServerFactory();
        factory.setListeners(listeners);
        factory.setUserManager(users);
        factory.setFileSystem(user -> new DropView(((DropUser) user).login().folder()));
        factory.setCommandFactory(commands);
        factory.setConnectionConfig(connections(plan).createConnectionConfig());
        FtpServer server = factory.createServer();
        try {
            server.start();
        } catch (FtpException | FtpServerConfigurationException e) {
            boolean explicit = Objects.requireNonNull(listeners.get(EXPLICIT)).isStopped();
            server.stop();
            watchdog.close();
            int closed = explicit ? plan.port() : plan.implicitPort().orElse(plan.port());
            throw ClosedPort.of("the FTP server", plan.bind(), closed, Causes.root(e));
        }
        return new DropServer(server, listeners, watchdog);
    }

    private static ConnectionConfigFactory connections(DropPlan plan) {
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setAnonymousLoginEnabled(false);
        connections.setMaxAnonymousLogins(0);
        connections.setMaxLogins(plan.maxLogins());
        connections.setMaxThreads(plan.maxLogins() + MORE_THREADS);
        connections.setMaxLoginFailures(WRONG_PASSWORDS);
        connections.setLoginFailureDelay(Math.toIntExact(plan.loginDelay().toMillis()));
        return connections;
    }

    private static Listener listener(
            DropPlan plan, CommandFactory commands, Visits visits, Optional<FtpTls> tls, int port, boolean implicit) {
        int idle = Math.toIntExact(plan.idle().toSeconds());
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress(plan.bind());
        listener.setPort(port);
        listener.setIdleTimeout(idle);
        listener.setSessionFilter(
                new SessionTrouble(implicit, new NameCharsets(plan.charset()), visits, new Early(commands)));
        tls.ifPresent(listener::setSslConfiguration);
        listener.setImplicitSsl(implicit);
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setIdleTime(idle);
        data.setActiveEnabled(plan.active());
        data.setActiveIpCheck(true);
        data.setPassiveIpCheck(true);
        data.setPassivePorts(plan.passivePorts());
        data.setImplicitSsl(implicit);
        plan.externalAddress().ifPresent(data::setPassiveExternalAddress);
        listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        return listener.createListener();
    }

    /** Of FTP and explicit FTPS. */
    public int port() {
        return Objects.requireNonNull(listeners.get(EXPLICIT)).getPort();
    }

    /** Of implicit FTPS, which must be on. */
    public int implicitPort() {
        return Objects.requireNonNull(listeners.get(IMPLICIT)).getPort();
    }

    /** Control connections open now. */
    int sessions() {
        return listeners.values().stream()
                .mapToInt(listener -> listener.getActiveSessions().size())
                .sum();
    }

    /** Ends the sessions; what was being uploaded is not kept. */
    @Override
    public void close() {
        server.stop();
        watchdog.close();
    }
}
