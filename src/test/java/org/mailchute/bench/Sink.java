package org.mailchute.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server that takes everything and keeps nothing, in a process of its own, so that only the sender's work is
 * measured. Answers each flight late by a given time, as a server at a distance does. Understands STARTTLS, PIPELINING and
 * one command of its own: {@code COUNT}, answered by the number of messages taken.
 */
final class Sink implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService sessions = Executors.newCachedThreadPool();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private final @Nullable SSLContext tls;
    private final long lateMillis;

    Sink(@Nullable SSLContext tls, long lateMillis) throws IOException {
        this.tls = tls;
        this.lateMillis = lateMillis;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        sessions.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sessions.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket socket = plain) {
            socket.setTcpNoDelay(true);
            if (new Dialogue(socket, true).run()) {
                SSLSocket secure = (SSLSocket) Objects.requireNonNull(tls)
                        .getSocketFactory()
                        .createSocket(socket, null, socket.getPort(), true);
                secure.setUseClientMode(false);
                new Dialogue(secure, false).run();
            }
        } catch (IOException e) {
            // the client went away; its own count tells
        }
    }

    private final class Dialogue {
        private final InputStream in;
        private final OutputStream out;
        private final StringBuilder answers = new StringBuilder();
        private final boolean offerTls;

        Dialogue(Socket socket, boolean plain) throws IOException {
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out = socket.getOutputStream();
            offerTls = plain && tls != null;
            if (plain) {
                answer("220 sink");
            }
        }

        /** True when the client asked for TLS. */
        boolean run() throws IOException {
            flush();
            for (String line = line(); line != null; line = line()) {
                String command = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
                switch (command) {
                    case "EHLO" ->
                        answer("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE 157286400"
                                + (offerTls ? "\r\n250-STARTTLS" : "") + "\r\n250 ENHANCEDSTATUSCODES");
                    case "STAR" -> {
                        answer("220 2.0.0 go ahead");
                        flush();
                        return true;
                    }
                    case "DATA" -> {
                        answer("354 go ahead");
                        flush();
                        swallow();
                        messages.incrementAndGet();
                        answer("250 2.0.0 taken");
                    }
                    case "COUN" -> answer("250 " + messages.get() + " " + octets.get());
                    case "QUIT" -> {
                        answer("221 2.0.0 bye");
                        flush();
                        return false;
                    }
                    default -> answer("250 2.0.0 ok");
                }
                if (in.available() == 0) {
                    flush();
                }
            }
            return false;
        }

        private void answer(String text) {
            answers.append(text).append("\r\n");
        }

        private void flush() throws IOException {
            if (answers.isEmpty()) {
                return;
            }
            if (lateMillis > 0) {
                try {
                    new CountDownLatch(1).await(lateMillis, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            out.write(answers.toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
            answers.setLength(0);
        }

        private @Nullable String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    return line.toString().strip();
                }
                line.append((char) octet);
            }
            return null;
        }

        /** Reads up to CRLF.CRLF, in blocks. */
        private void swallow() throws IOException {
            byte[] block = new byte[1 << 16];
            byte[] end = {'\r', '\n', '.', '\r', '\n'};
            int matched = 2; // the line before DATA's content ended
            while (true) {
                in.mark(block.length);
                int read = in.read(block);
                if (read < 0) {
                    throw new IOException("cut off");
                }
                for (int at = 0; at < read; at++) {
                    byte octet = block[at];
                    matched = octet == end[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
                    if (matched == end.length) {
                        in.reset();
                        in.skipNBytes(at + 1L);
                        octets.addAndGet(at + 1L);
                        return;
                    }
                }
                octets.addAndGet(read);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sessions.shutdownNow();
    }

    /** Arguments: milliseconds late; key store (PKCS#12) or "-". Prints its port and runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        SSLContext tls = arguments[1].equals("-") ? null : serverContext(Path.of(arguments[1]));
        try (Sink sink = new Sink(tls, Long.parseLong(arguments[0]))) {
            System.out.println(sink.port());
            while (System.in.read() >= 0) {
                // until the bench ends
            }
        }
        System.exit(0);
    }

    private static SSLContext serverContext(Path keyStore) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
