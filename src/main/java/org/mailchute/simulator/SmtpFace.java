package org.mailchute.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port; a thread per session. */
final class SmtpFace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpFace.class);
    private static final int BACKLOG = 200;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(SmtpFace::thread);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private SmtpFace(ServerSocket server) {
        this.server = server;
    }

    static SmtpFace open(ExchangeOnline exchange, FaceRules rules, DemoAuthority authority, int port)
            throws IOException {
        SmtpFace face = new SmtpFace(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
        face.threads.execute(() -> face.accept(exchange, rules, authority));
        return face;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections accepted so far. */
    int sessions() {
        return sessions.get();
    }

    /** The most connections there were at one time. */
    int most() {
        return most.get();
    }

    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "simulator");
        thread.setDaemon(true);
        return thread;
    }

    private void accept(ExchangeOnline exchange, FaceRules rules, DemoAuthority authority) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                most.accumulateAndGet(sockets.size(), Math::max);
                threads.execute(() -> serve(socket, exchange, rules, authority));
            } catch (IOException e) {
                LOG.debug("closed, or a connection that broke at once", e);
            }
        }
    }

    private void serve(Socket socket, ExchangeOnline exchange, FaceRules rules, DemoAuthority authority) {
        sessions.incrementAndGet();
        SessionState state = new SessionState(
                exchange.nextSession(),
                socket.getInetAddress().getHostAddress(),
                exchange.clock().instant());
        try (socket) {
            new SmtpDialogue(exchange, rules, authority, state, socket).run();
        } catch (IOException e) {
            LOG.debug("session {} broke", state.number, e);
        } finally {
            rules.closed(state);
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
