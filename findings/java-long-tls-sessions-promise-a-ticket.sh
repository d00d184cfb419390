#!/usr/bin/env bash
# One would guess: SSLSessionContext.setSessionTimeout says for how long a server's TLS sessions may be resumed, and nothing else; the
# longer the better for devices that come once a week.
# Seen: RFC 5077 section 4.6 lets a ticket live for 7 days at most, so with a longer time Java sends none. Under TLS 1.3 that is all. Under
# TLS 1.2 its ServerHello has said before, by the empty SessionTicket extension, that one will come, and a client that asked for it (OpenSSL's
# and GnuTLS' do, whatever they want) ends the handshake, since RFC 5077 section 3.3 says that it must come then. With
# -Djdk.tls.server.enableSessionTicketExtension=false, or 7 days and no more, the same client is served.
# OpenJDK 17.0.15 as server, Python 3.11.7 with OpenSSL 3.0.19 as client, 2026-11-30.
# Needs a JDK and Python 3. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost -ext san=dns:localhost -validity 2 \
  -keystore server.p12 -storetype PKCS12 -storepass secret 2>/dev/null
keytool -exportcert -rfc -alias server -keystore server.p12 -storepass secret > server.pem 2>/dev/null

cat > client.py <<'PYTHON'
import socket, ssl, sys
context = ssl.create_default_context(cafile="server.pem")
context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, sys.argv[2])
try:
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20) as below:
        with context.wrap_socket(below, server_hostname="localhost") as tls:
            tls.sendall(b"x")
            print("served" if tls.recv(1) == b"x" else "nothing came back")
except ssl.SSLError as e:
    print(e.reason)
PYTHON

cat > Finding.java <<'JAVA'
import java.io.*;
import java.net.*;
import java.security.KeyStore;
import java.util.*;
import javax.net.ssl.*;

public class Finding {
    static final char[] SECRET = "secret".toCharArray();

    /** What the client says of a server whose sessions last so many days. */
    static String asked(int days, String version) throws Exception {
        KeyStore store = KeyStore.getInstance(new File("server.p12"), SECRET);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, SECRET);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        context.getServerSessionContext().setSessionTimeout(days * 24 * 3600);
        try (ServerSocket listener = context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket peer = listener.accept()) {
                    peer.setSoTimeout(20_000);
                    peer.getOutputStream().write(peer.getInputStream().read());
                } catch (IOException e) {
                    // the client says it
                }
            });
            server.start();
            Process client = new ProcessBuilder("python3", "client.py", Integer.toString(listener.getLocalPort()), version)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(client.getInputStream().readAllBytes()).strip();
            server.join();
            return said;
        }
    }

    public static void main(String[] none) throws Exception {
        List<String> seen = new ArrayList<>();
        for (String version : List.of("TLSv1_2", "TLSv1_3")) {
            for (int days : new int[] {7, 8}) {
                String said = asked(days, version);
                System.out.println(version + ", sessions of " + days + " days: " + said);
                seen.add(said);
            }
        }
        System.out.println(String.join(" ", seen));
    }
}
JAVA
java -version 2>&1 | head -1
python3 -c 'import ssl, sys; print("Python", sys.version.split()[0], "with", ssl.OPENSSL_VERSION)'
timeout 50 java Finding.java | tee default.txt
echo "without the extension:"
timeout 50 java -Djdk.tls.server.enableSessionTicketExtension=false Finding.java | tee off.txt
[ "$(tail -n 1 default.txt)" = "served UNEXPECTED_MESSAGE served served" ] && [ "$(tail -n 1 off.txt)" = "served served served served" ]
echo "so it is still: sessions of more than 7 days end handshakes of TLS 1.2"
