package org.mailchute.listener;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.mailchute.credentials.TlsContexts;
import org.mailchute.testing.Patience;

/** A device with a socket of its own: writes octets as they are, reads replies. */
public final class Device implements AutoCloseable {
    private Socket socket = new Socket();
    private final Socket plain = socket;

    /** Connects and leaves the greeting to be read. */
    public static Device at(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    static Device from(String address, int port) throws IOException {
        Device device = new Device();
        device.socket.bind(new InetSocketAddress(address, 0));
        device.socket.connect(new InetSocketAddress("127.0.0.1", port), Patience.MILLIS);
        device.socket.setSoTimeout(Patience.MILLIS);
        device.socket.setTcpNoDelay(true);
        return device;
    }

    /** Greeted and past EHLO. */
    public static Device ready(int port) throws IOException {
        Device device = at(port);
        device.reply();
        device.says("EHLO copier");
        return device;
    }

    public void raw(String octets) throws IOException {
        raw(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    void raw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** Octets on the wire, with which TLS has nothing to do. */
    void below(int... octets) throws IOException {
        for (int octet : octets) {
            plain.getOutputStream().write(octet);
        }
    }

    /** Sends a line and gives the whole reply. */
    public String says(String line) throws IOException {
        raw(line + "\r\n");
        return reply();
    }

    /** The last line of a reply follows its others; the empty text when the connection has ended. */
    public String reply() throws IOException {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = line();
            all.append(all.isEmpty() ? "" : "\n").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return all.toString();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    /** A whole transaction; the content as it stands, and the dot after it. */
    public String sends(String content) throws IOException {
        says("MAIL FROM:<copier@contoso.example>");
        says("RCPT TO:<anna@contoso.example>");
        says("DATA");
        return says(content + "\r\n.");
    }

    Device startTls(Path trust, String... protocols) throws Exception {
        says("STARTTLS");
        SSLSocket secure = (SSLSocket) TlsContexts.of(Optional.of(trust), Optional.empty())
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
        if (protocols.length > 0) {
            secure.setEnabledProtocols(protocols);
        }
        secure.startHandshake();
        socket = secure;
        return this;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Pulls the plug: the server sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
