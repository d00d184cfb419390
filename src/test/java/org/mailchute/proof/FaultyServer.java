package org.mailchute.proof;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

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

    /** @param tls what it shows, where that is wrong: the fault; else {@link Fault#SLOW} is asked for */
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
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Dialogue(socket).run();
        } catch (IOException e) {
            // that connection is over
        }
    }

    private boolean isTime(Step at) {
        return at == step && done.compareAndSet(false, true);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /** The connection is over, as the fault wants it. */
    private static final class Over extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final class Dialogue {
        private final Socket plain;
        private Socket socket;

        Dialogue(Socket socket) {
            this.plain = socket;
            this.socket = socket;
        }

        void run() throws IOException {
            if (isTime(Step.CONNECT)) {
                happen("");
            }
            reply(Step.BANNER, "220 faulty.example ready");
            while (true) {
                obey(hear().split(" ")[0].toUpperCase(Locale.ROOT));
            }
        }

        private void obey(String verb) throws IOException {
            switch (verb) {
                case "EHLO" ->
                    reply(
                            socket == plain ? Step.EHLO : Step.EHLO_OVER_TLS,
                            "250-faulty.example\r\n250-8BITMIME\r\n250 "
                                    + (socket == plain ? "STARTTLS" : "AUTH PLAIN XOAUTH2"));
                case "STARTTLS" -> secure();
                case "AUTH" -> reply(Step.AUTH, "235 2.7.0 welcome");
                case "MAIL" -> reply(Step.MAIL, "250 2.1.0 sender ok");
                case "RCPT" -> reply(Step.RCPT, "250 2.1.5 recipient ok");
                case "DATA" -> data();
                case "QUIT" -> {
                    reply(Step.QUIT, "221 2.0.0 bye");
                    throw new Over();
                }
                default -> say("250 2.0.0 ok");
            }
        }

        private void secure() throws IOException {
            if (!reply(Step.STARTTLS, "220 2.0.0 go ahead")) {
                return;
            }
            boolean wrong = isTime(Step.TLS);
            if (wrong && fault.compareTo(Fault.UNTRUSTED) < 0) {
                happen("");
            }
            SSLSocket secure = (SSLSocket) tls.apply(wrong ? fault : Fault.SLOW)
                    .getSocketFactory()
                    .createSocket(plain, null, plain.getPort(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            socket = secure;
        }

        private void data() throws IOException {
            if (!reply(Step.DATA, "354 go")) {
                return;
            }
            if (isTime(Step.CONTENT)) {
                hear();
                happen("");
                throw new Over();
            }
            for (String line = hear(); !line.equals("."); line = hear()) {
                // content
            }
            boolean refuses = step == Step.DOT && (fault == Fault.TEMPORARY || fault == Fault.PERMANENT);
            if (!refuses || done.get()) {
                taken.incrementAndGet();
            }
            reply(Step.DOT, "250 2.0.0 taken");
        }

        /** @return whether it was said as it should be */
        private boolean reply(Step at, String text) throws IOException {
            if (isTime(at)) {
                happen(text);
                return fault == Fault.SLOW;
            }
            say(text);
            return true;
        }

        private void happen(String text) throws IOException {
            switch (fault) {
                case RESET -> {
                    plain.setSoLinger(true, 0);
                    plain.close();
                    throw new Over();
                }
                case STALL -> stall();
                case GARBAGE -> {
                    say("\u0007 you have reached a printer");
                    stall();
                }
                case HALF -> {
                    write(text.substring(0, text.length() / 2));
                    throw new Over();
                }
                case TEMPORARY -> say("451 4.9.9 not now");
                case PERMANENT -> say("554 5.9.9 never");
                case SLOW -> {
                    for (char octet : (text + "\r\n").toCharArray()) {
                        write(String.valueOf(octet));
                    }
                }
                default -> throw new Over();
            }
        }

        /** Until the client goes. */
        private void stall() throws IOException {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            throw new Over();
        }

        private void say(String text) throws IOException {
            write(text + "\r\n");
        }

        private void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        private String hear() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException();
                }
                line.write(octet);
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }
    }
}
