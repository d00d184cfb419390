package org.mailchute.doctor;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.mailchute.smtp.Servers.Server;

/** One SMTP session of the doctor's own (RFC 5321), a command at a time. Keeps and logs nothing of what is said. */
final class Talk implements AutoCloseable {
    /** RFC 5321 section 4.5.3.1.5 asks for 512; some servers say more. */
    private static final int LONGEST_LINE = 4_096;

    private static final int MOST_LINES = 100;

    private final Server server;
    private Socket socket;
    private InputStream in;

    private Talk(Server server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param timeout for the connection, and for each read later */
    static Talk open(Server server, int port, Optional<String> source, Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        Socket socket = new Socket();
        try {
            if (source.isPresent()) {
                SocketAddress own = new InetSocketAddress(InetAddress.getByName(source.get()), 0);
                socket.bind(own);
            }
            socket.connect(new InetSocketAddress(server.address(), port), millis);
            socket.setSoTimeout(millis);
            return new Talk(server, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    Server server() {
        return server;
    }

    /** For each read from now on. */
    void waitFor(Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    }

    Heard say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return hear();
    }

    /** @throws IOException also when what came is no reply of SMTP */
    Heard hear() throws IOException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < MOST_LINES) {
            String line = line();
            if (!line.matches("[2-5]\\d\\d([ -].*)?")) {
                throw new IOException("no reply of SMTP: " + line.substring(0, Math.min(80, line.length())));
            }
            texts.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Heard(Integer.parseInt(line.substring(0, 3)), texts);
            }
        }
        throw new IOException("a reply without an end");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " octets");
            }
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    /**
     * The handshake after the server agreed to STARTTLS; TLS 1.2 or newer.
     *
     * @param strict whether the certificate must carry the server's name
     */
    SSLSession secure(SSLContext context, boolean strict) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, server.name(), socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (strict) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream());
        return secured.getSession();
    }

    /** Without waiting for the goodbye. */
    @Override
    public void close() {
        try (Socket closing = socket) {
            closing.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it was closed already
        }
    }
}
