package org.mailchute.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mailchute.testing.Patience;

/** An SMTP client without manners: sends the very octets it is told to, and gives replies as they come. */
final class RawClient implements Closeable {

    private Socket socket = new Socket();

    static RawClient connect(int port) throws IOException {
        return connect(port, "127.0.0.1");
    }

    static RawClient connect(int port, String sourceAddress) throws IOException {
        RawClient client = new RawClient();
        client.socket.bind(new InetSocketAddress(sourceAddress, 0));
        client.socket.setSoTimeout(Patience.MILLIS);
        client.socket.setTcpNoDelay(true);
        client.socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        return client;
    }

    /** Connected and past greeting and EHLO. */
    static RawClient greeted(int port) throws IOException {
        RawClient client = connect(port);
        client.hear();
        client.ask("EHLO client.example");
        return client;
    }

    /** And past STARTTLS and the EHLO after it. */
    static RawClient secured(int port, SSLContext trust) throws IOException {
        RawClient client = greeted(port);
        client.startTls(trust);
        client.ask("EHLO client.example");
        return client;
    }

    /** One write. */
    RawClient send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    RawClient send(byte[] octets, int length) throws IOException {
        socket.getOutputStream().write(octets, 0, length);
        return this;
    }

    /** One whole reply; its lines end with LF. Empty when the server has closed the connection. */
    String hear() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            reply.append(line).append('\n');
            line = line();
        }
        return reply.append(line).toString();
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    String ask(String line) throws IOException {
        return send(line + "\r\n").hear();
    }

    /** What arrives with one read: what the server put into one segment. */
    String segment() throws IOException {
        byte[] octets = new byte[1 << 14];
        int length = socket.getInputStream().read(octets);
        return new String(octets, 0, Math.max(length, 0), StandardCharsets.UTF_8);
    }

    void startTls(SSLContext context) throws IOException {
        String reply = ask("STARTTLS");
        if (!reply.startsWith("220")) {
            throw new IOException(reply);
        }
        handshake(context);
    }

    void handshake(SSLContext context) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        socket = tls;
    }

    String login(String mailbox, String token) throws IOException {
        return ask("AUTH XOAUTH2 " + xoauth2(mailbox, token));
    }

    static String xoauth2(String mailbox, String token) {
        return base64("user=" + mailbox + "\u0001auth=Bearer " + token + "\u0001\u0001");
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole transaction, command by command; the reply that ended it. */
    String mail(String from, String to, String content) throws IOException {
        String reply = ask("MAIL FROM:<" + from + ">");
        reply = reply.startsWith("250") ? ask("RCPT TO:<" + to + ">") : reply;
        reply = reply.startsWith("250") ? ask("DATA") : reply;
        return reply.startsWith("354") ? ask(content + "\r\n.") : reply;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
