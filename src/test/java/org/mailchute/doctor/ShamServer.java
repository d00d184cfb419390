package org.mailchute.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Says what a test tells it to, and like Exchange Online otherwise; the simulator cannot play these faults. */
final class ShamServer implements AutoCloseable {
    private final ServerSocket server;
    private final SSLContext tls;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile String greeting = "220 AM0PR02.outlook.office365.com Microsoft ESMTP MAIL Service ready";
    private volatile boolean startTls = true;
    private volatile boolean asks;
    private volatile boolean oldTls;

    ShamServer(SSLContext tls) throws IOException {
        this(tls, "127.0.0.1");
    }

    ShamServer(SSLContext tls, String address) throws IOException {
        this.tls = tls;
        this.server = new ServerSocket(0, 50, InetAddress.getByName(address));
        Thread thread = new Thread(this::serve, "sham-server");
        thread.setDaemon(true);
        thread.start();
    }

    ShamServer greeting(String line) {
        greeting = line;
        return this;
    }

    ShamServer withoutStartTls() {
        startTls = false;
        return this;
    }

    ShamServer askingForCertificates() {
        asks = true;
        return this;
    }

    ShamServer oldTlsOnly() {
        oldTls = true;
        return this;
    }

    /** @param verb in capitals; {@code EHLO} for the lines after TLS */
    ShamServer answers(String verb, String lines) {
        answers.put(verb, lines);
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> converse(socket), "sham-session");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            say(socket, greeting);
            plain(socket);
        } catch (IOException e) {
            // the doctor went away
        }
    }

    private void plain(Socket socket) throws IOException {
        // unbuffered: what follows STARTTLS belongs to TLS
        for (String line = line(socket); line != null; line = line(socket)) {
            heard.add(line);
            if (line.startsWith("EHLO")) {
                say(
                        socket,
                        "250-sham Hello [203.0.113.5]\r\n250-SIZE 157286400\r\n250 " + (startTls ? "STARTTLS" : "DSN"));
            } else if (line.equals("STARTTLS")) {
                say(socket, "220 2.0.0 SMTP server ready");
                secured(secure(socket));
                return;
            } else {
                say(socket, answer(line));
            }
        }
    }

    private SSLSocket secure(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.setWantClientAuth(asks);
        if (oldTls) {
            secure.setEnabledProtocols(new String[] {"TLSv1.1"});
        }
        secure.startHandshake();
        return secure;
    }

    private void secured(SSLSocket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            say(socket, answer(line));
        }
    }

    private String answer(String line) {
        String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
        String told = answers.get(verb);
        if (told != null) {
            return told;
        }
        return switch (verb) {
            case "EHLO" -> "250-sham Hello [203.0.113.5]\r\n250-SIZE 157286400\r\n250 AUTH LOGIN XOAUTH2";
            case "AUTH" -> "235 2.7.0 Authentication successful";
            default -> "250 2.0.0 OK";
        };
    }

    private static @Nullable String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = socket.getInputStream().read();
                octet != '\n';
                octet = socket.getInputStream().read()) {
            if (octet < 0) {
                return null;
            }
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    private static void say(Socket socket, String lines) throws IOException {
        socket.getOutputStream().write((lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
