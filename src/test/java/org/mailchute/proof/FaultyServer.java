package org.mailchute.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A submission server that does one thing wrong at one step, once; then it is as good as any. */
public final class FaultyServer implements AutoCloseable {
    /** Where in the dialogue. */
    public enum Step {
        CONNECT,
        BANNER,
        EHLO,
        STARTTLS,
        TLS,
        EHLO_OVER_TLS,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        CONTENT,
        DOT,
        QUIT
    }

    /** What goes wrong. */
    public enum Fault {
        NONE,
        /** The connection is closed in place of a reply; after the dot the server has the message. */
        CLOSED,
        RESET,
        /** Nothing more comes. */
        STALL,
        /** What comes is no reply. */
        GARBAGE,
        /** The reply breaks off, and the connection is closed. */
        HALF,
        TEMPORARY,
        PERMANENT,
        /** The reply comes an octet at a time. */
        SLOW,
        /** A certificate of an authority nobody knows. */
        UNTRUSTED,
        /** A certificate of another host. */
        OTHER_NAME
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Step step;
    private final Fault fault;
    private final Function<Fault, SSLContext> tls;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger taken = new AtomicInteger();

    /** @param tls how it shows who it is, with this fault or {@link Fault#NONE} */
    public FaultyServer(Step step, Fault fault, Function<Fault, SSLContext> tls) throws IOException {
        this.step = step;
        this.fault = fault;
        this.tls = tls;
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Messages whose final dot it has seen and that it did not refuse. */
    public int taken() {
        return taken.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new FaultyDialogue(this, socket).run();
        } catch (IOException e) {
            // that connection is over
        }
    }

    /** What goes wrong now, at this step. */
    Fault at(Step here) {
        return here == step && done.compareAndSet(false, true) ? fault : Fault.NONE;
    }

    SSLContext tls(Fault now) {
        return tls.apply(now);
    }

    void took() {
        taken.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
