package org.mailchute.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mailchute.credentials.RenewedTls;
import org.mailchute.credentials.TlsSource;
import org.mailchute.door.ClosedPort;
import org.mailchute.door.NotAccepted;
import org.mailchute.door.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One listener: its port, a legacy port where one is set, and a thread for each session. */
public final class ListenerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerServer.class);
    private static final int BACKLOG = 200;
    private static final int STOPPING_SECONDS = 10;

    private final ListenerPlan plan;
    private final Lobby lobby;
    private final Optional<TlsSource> certificate;
    private final NotAccepted notAccepted;
    private final List<ServerSocket> servers = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<Origin, Integer> sessions = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    private ListenerServer(ListenerPlan plan, Host host, Clock clock) {
        this.plan = plan;
        this.lobby = Lobby.of(plan, host, clock);
        this.certificate = plan.certificate().map(files -> RenewedTls.serving(files, clock));
        this.notAccepted = new NotAccepted("source=smtp:" + plan.name(), clock);
        this.threads = Executors.newCachedThreadPool(work -> new Thread(work, "smtp-" + plan.name()));
    }

    /**
     * @throws IOException when a port is not free, or TLS 1.0 is asked for and this Java has none
     * @throws IllegalArgumentException when anybody could send by it
     */
    public static ListenerServer start(ListenerPlan plan, Host host, Clock clock) throws IOException {
        if (plan.isOpen()) {
            throw new IllegalArgumentException("a listener without networks and logins is an open relay");
        }
        Optional<String> refused = plan.legacyPort().isPresent() ? StartTls.noLegacy() : Optional.empty();
        if (refused.isPresent()) {
            throw new IOException("SMTP intake " + plan.name() + ": " + refused.get());
        }
        ListenerServer server = new ListenerServer(plan, host, clock);
        try {
            server.listen(plan.port(), false);
            if (plan.legacyPort().isPresent()) {
                server.listen(plan.legacyPort().get(), true);
            }
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void listen(int port, boolean legacy) throws IOException {
        ServerSocket server = new ServerSocket();
        servers.add(server);
        server.setReuseAddress(true);
        try {
            server.bind(new InetSocketAddress(InetAddress.getByName(plan.bind()), port), BACKLOG);
        } catch (IOException e) {
            throw ClosedPort.of("SMTP intake " + plan.name(), plan.bind(), port, e);
        }
        Optional<StartTls> tls = certificate.map(source -> new StartTls(source, legacy));
        threads.execute(() -> accept(server, tls));
    }

    private void accept(ServerSocket server, Optional<StartTls> tls) {
        while (!server.isClosed()) {
            try {
                admit(server.accept(), tls);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    notAccepted.tell(e);
                    lobby.pause(Duration.ofMillis(100)); // out of files: another try at once would find no more
                }
            }
        }
    }

    /** Counted here, in one thread a port, before a thread is spent on it. */
    private void admit(Socket socket, Optional<StartTls> tls) throws IOException {
        Origin from = new Origin(socket.getInetAddress());
        int mine = sessions.merge(from, 1, Integer::sum);
        sockets.add(socket);
        if (sockets.size() > plan.maxConnections() || mine > plan.maxPerAddress()) {
            InetAddress away = socket.getInetAddress();
            lobby.refusals().count(Refusal.CONNECTIONS);
            lobby.tell(Level.INFO, away, "many", "too many connections, " + away.getHostAddress() + " was turned away");
            try (socket) {
                socket.getOutputStream()
                        .write("421 4.7.0 Too many connections, try again later\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } finally {
                left(socket, from);
            }
            return;
        }
        threads.execute(() -> serve(socket, from, tls));
    }

    private void serve(Socket socket, Origin from, Optional<StartTls> tls) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Session(lobby, tls, socket).run();
        } catch (IOException e) {
            LOG.debug("source=smtp:{}: the session of {} did not begin or end well", plan.name(), from, e);
        } catch (RuntimeException e) {
            LOG.error("source=smtp:{}: the session of {} failed", plan.name(), from, e);
        } finally {
            left(socket, from);
        }
    }

    private void left(Socket socket, Origin from) {
        sockets.remove(socket);
        sessions.computeIfPresent(from, (address, count) -> count > 1 ? count - 1 : null);
    }

    /** Of plain SMTP and STARTTLS. */
    public int port() {
        return servers.get(0).getLocalPort();
    }

    /** Of devices with TLS 1.0; must be on. */
    public int legacyPort() {
        return servers.get(1).getLocalPort();
    }

    /** No new session; those there are end when their connection does. What was not answered by 250 the device has still. */
    @Override
    public void close() {
        lobby.closing().countDown();
        servers.forEach(ListenerServer::shut);
        sockets.forEach(ListenerServer::shut);
        threads.shutdown();
        lobby.watchdog().close();
        try {
            if (!threads.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("source=smtp:{}: a session does not end", plan.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void shut(java.io.Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            LOG.debug("closed already", e);
        }
    }
}
