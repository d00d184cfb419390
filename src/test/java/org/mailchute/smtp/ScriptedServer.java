package org.mailchute.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailchute.testing.Patience;

/** An SMTP server that says exactly what a test tells it to, one script for each connection; the last one repeats. */
final class ScriptedServer implements AutoCloseable {
    /** One connection, from the server's side. When it returns, the connection is closed. */
    interface Script {
        void run(Dialogue dialogue) throws IOException;
    }

    private final ServerSocket socket;
    private final List<Script> scripts;
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ScriptedServer(Script... scripts) throws IOException {
        this.scripts = List.of(scripts);
        this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What a script expected and did not get. */
    List<Throwable> faults() {
        return faults;
    }

    private void serve() {
        for (int i = 0; !socket.isClosed(); i++) {
            Socket connection = accept();
            if (connection != null) {
                Script script = scripts.get(Math.min(i, scripts.size() - 1));
                start(() -> run(script, connection));
            }
        }
    }

    private void start(Runnable script) {
        try {
            threads.execute(script);
        } catch (RejectedExecutionException e) {
            // the test is over
        }
    }

    private @Nullable Socket accept() {
        try {
            Socket connection = socket.accept();
            connections.add(connection);
            return connection;
        } catch (IOException e) {
            return null;
        }
    }

    private void run(Script script, Socket connection) {
        try (connection) {
            script.run(new Dialogue(connection));
        } catch (IOException | RuntimeException | AssertionError e) {
            faults.add(e);
        }
    }

    /** Lets the scripts hear what is already on its way. */
    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdown();
        try {
            threads.awaitTermination(Patience.MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
