package org.mailchute.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The server's side of one connection. Reads octet by octet, so that nothing after STARTTLS is swallowed. */
final class Dialogue {
    private Socket socket;

    Dialogue(Socket socket) {
        this.socket = socket;
    }

    /** The address the client comes from. */
    String client() {
        return socket.getInetAddress().getHostAddress();
    }

    Dialogue say(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return this;
    }

    /** These octets and no line end. */
    Dialogue half(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return this;
    }

    /** As {@link #say}, one segment for each octet. */
    Dialogue drip(String... lines) throws IOException {
        socket.setTcpNoDelay(true);
        for (byte octet : (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII)) {
            socket.getOutputStream().write(octet);
            socket.getOutputStream().flush();
        }
        return this;
    }

    /** The next line, without its CRLF. */
    String hear() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the client went away after: " + line);
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    /** Hears one line that must begin so, and answers it. */
    Dialogue on(String beginning, String... answer) throws IOException {
        String line = hear();
        if (!line.startsWith(beginning)) {
            throw new AssertionError("expected " + beginning + ", got " + line);
        }
        return say(answer);
    }

    /** Whatever arrives with one read: what the client put into one segment. */
    String segment() throws IOException {
        byte[] octets = new byte[64 * 1024];
        int length = socket.getInputStream().read(octets);
        return new String(octets, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
    }

    /** Greets, hears the commands of one segment, and answers them all. */
    Dialogue group(String... replies) throws IOException {
        greet("PIPELINING").segment();
        return say(replies);
    }

    /** Up to the lone dot, which is not given. */
    List<String> body() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = hear(); !line.equals("."); line = hear()) {
            lines.add(line);
        }
        return lines;
    }

    /** Greeting and EHLO, offering these extensions. */
    Dialogue greet(String... extensions) throws IOException {
        say("220 test");
        return ehlo(extensions);
    }

    Dialogue ehlo(String... extensions) throws IOException {
        hear();
        say("250-test hello");
        for (String extension : extensions) {
            say("250-" + extension);
        }
        return say("250 HELP");
    }

    /** Says no more, and reads on until the client closes, so that what was said arrives. */
    void shutsAndDrains() throws IOException {
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Turns TLS on, as the server, with whatever protocol is the newest both know. */
    SSLSocket startTls(SSLContext context) throws IOException {
        return startTls(context, "TLSv1.2", "TLSv1.3");
    }

    SSLSocket startTls(SSLContext context, String... protocols) throws IOException {
        on("STARTTLS", "220 go ahead");
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(protocols);
        tls.setWantClientAuth(true);
        tls.startHandshake();
        socket = tls;
        return tls;
    }

    /** One whole transaction with one recipient, accepted, without PIPELINING. Gives the body. */
    List<String> accept() throws IOException {
        on("MAIL FROM:", "250 2.1.0 sender ok");
        on("RCPT TO:", "250 2.1.5 recipient ok");
        on("DATA", "354 go");
        List<String> body = body();
        say("250 2.0.0 queued");
        return body;
    }
}
