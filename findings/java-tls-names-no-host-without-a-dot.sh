#!/usr/bin/env bash
# A server has several certificates and picks by the host's name that the client sends with its first words of TLS (SNI). In the house it is called by
# a short name, such as relay, or as containers of one network call each other.
#
# One would guess: a client that is given the name sends it, as curl does; so what curl shows of the server is what a Java program gets.
# Seen: SSLSocket and HttpsURLConnection send no name that has no dot, without a word; so the server shows its default certificate, and the check of
# the host's name then refuses that. java.net.http.HttpClient of the same Java sends it, and SSLParameters.setServerNames makes an SSLSocket send it.
# (openssl s_client sends none either, unless -servername is given.)
# Shown with localhost, which has no dot either and leads to a server everywhere.
# Versions: OpenJDK 17.0.15, curl 7.88.1, OpenSSL 3.0.19. Date: 2026-11-30.
# Needs a JDK, curl and OpenSSL. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > Finding.java <<'JAVA'
import java.io.DataInputStream;
import java.io.IOException;
import java.net.*;
import java.net.http.*;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.*;
import javax.net.ssl.*;

public class Finding {
    static final BlockingQueue<String> NAMES = new LinkedBlockingQueue<>();

    /** Reads the ClientHello (RFC 8446 section 4.1.2), notes the name in it, and hangs up. */
    static void serve(ServerSocket server) {
        while (true) {
            try (Socket client = server.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                in.readFully(new byte[3]);
                byte[] record = new byte[in.readUnsignedShort()];
                in.readFully(record);
                NAMES.add(name(ByteBuffer.wrap(record)));
            } catch (IOException e) {
                NAMES.add("no TLS: " + e);
            }
        }
    }

    static String name(ByteBuffer hello) {
        hello.position(4 + 2 + 32);
        skip(hello, hello.get() & 0xff); // session
        skip(hello, hello.getShort() & 0xffff); // cipher suites
        skip(hello, hello.get() & 0xff); // compression
        hello.getShort();
        while (hello.hasRemaining()) {
            int type = hello.getShort();
            int length = hello.getShort() & 0xffff;
            if (type == 0) { // RFC 6066 section 3
                byte[] name = new byte[length - 5];
                hello.position(hello.position() + 5).get(name);
                return new String(name);
            }
            skip(hello, length);
        }
        return "no name";
    }

    static void skip(ByteBuffer hello, int octets) {
        hello.position(hello.position() + octets);
    }

    interface Client {
        void call() throws Exception;
    }

    static boolean same = true;

    static void expect(String who, String expected, Client client) throws Exception {
        try {
            client.call();
        } catch (IOException e) {
            // the server has hung up, as it does
        }
        String name = NAMES.poll(20, TimeUnit.SECONDS);
        System.out.println(who + ": " + name);
        same &= expected.equals(name);
        Thread.sleep(200);
        NAMES.clear(); // a second try of the same client
    }

    static Client run(String... command) {
        return () -> new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    static void shake(int port, String host, boolean told) throws IOException {
        Socket below = new Socket(InetAddress.getLoopbackAddress(), port);
        try (SSLSocket socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(below, host, port, true)) {
            if (told) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(host)));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
        }
    }

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("localhost"));
        Thread thread = new Thread(() -> serve(server));
        thread.setDaemon(true);
        thread.start();
        int port = server.getLocalPort();
        URI uri = URI.create("https://localhost:" + port + "/");
        expect("curl to localhost", "localhost", run("curl", "-s", uri.toString()));
        expect("openssl s_client to localhost", "no name", run("openssl", "s_client", "-connect", "localhost:" + port));
        expect("HttpClient to localhost", "localhost",
                () -> HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding()));
        expect("HttpsURLConnection to localhost", "no name", () -> uri.toURL().openStream());
        expect("SSLSocket to localhost", "no name", () -> shake(port, "localhost", false));
        expect("SSLSocket to localhost, by setServerNames", "localhost", () -> shake(port, "localhost", true));
        expect("SSLSocket to relay.contoso.example", "relay.contoso.example", () -> shake(port, "relay.contoso.example", false));
        System.out.println(same ? "as seen: a name without a dot is not sent" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
openssl version
curl --version | head -1 | cut -d" " -f1,2
timeout 55 java -XX:TieredStopAtLevel=1 Finding.java
