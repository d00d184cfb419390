#!/usr/bin/env bash
# One would guess: SSLSocketFactory.createSocket(socket, host, port, autoClose) resumes the TLS session that was made with this
# host and this port; so an FTPS client names the control connection's port for its data connections, whose session many FTP
# servers want resumed.
# Seen: the port is ignored. Java looks sessions up by the host it is given and by getPort() of the socket below, which for a
# data connection is another one each time. A socket below whose getPort() says the control connection's port resumes, without
# reflection. Both with TLS 1.2 and 1.3.
# OpenJDK 17.0.15, 2026-11-28.
# Needs a JDK. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost -ext san=dns:localhost -validity 2 \
  -keystore server.p12 -storetype PKCS12 -storepass secret 2>/dev/null

cat > Finding.java <<'JAVA'
import java.io.*;
import java.net.*;
import java.security.KeyStore;
import java.util.*;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.*;

public class Finding {
    static final char[] SECRET = "secret".toCharArray();
    /** Handshakes for which a certificate was needed: those that resumed nothing. */
    static final AtomicInteger whole = new AtomicInteger();

    static class PortOf extends Socket {
        final int port;

        PortOf(int port) {
            this.port = port;
        }

        @Override
        public int getPort() {
            return port;
        }
    }

    static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, SECRET);
        X509ExtendedKeyManager real = (X509ExtendedKeyManager) keys.getKeyManagers()[0];
        X509ExtendedKeyManager counting = new X509ExtendedKeyManager() {
            public String chooseServerAlias(String type, java.security.Principal[] issuers, Socket socket) {
                whole.incrementAndGet();
                return real.chooseServerAlias(type, issuers, socket);
            }
            public String[] getServerAliases(String type, java.security.Principal[] issuers) { return real.getServerAliases(type, issuers); }
            public String[] getClientAliases(String type, java.security.Principal[] issuers) { return null; }
            public String chooseClientAlias(String[] types, java.security.Principal[] issuers, Socket socket) { return null; }
            public java.security.cert.X509Certificate[] getCertificateChain(String alias) { return real.getCertificateChain(alias); }
            public java.security.PrivateKey getPrivateKey(String alias) { return real.getPrivateKey(alias); }
        };
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {counting}, trust.getTrustManagers(), null);
        return context;
    }

    static SSLServerSocket serve(SSLContext context) throws IOException {
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (true) {
                try (Socket peer = listener.accept()) {
                    peer.getOutputStream().write(peer.getInputStream().read());
                    peer.getInputStream().read();
                } catch (IOException e) {
                    System.err.println(e);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    /** Whether this connection resumed a session. */
    static boolean resumes(SSLContext context, Socket below, int realPort, int toldPort, String version) throws IOException {
        int before = whole.get();
        below.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), realPort), 20_000);
        try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", toldPort, true)) {
            tls.setSoTimeout(20_000);
            tls.setEnabledProtocols(new String[] {version});
            tls.getOutputStream().write(1);
            tls.getInputStream().read(); // a ticket of TLS 1.3 comes before it
        }
        return whole.get() == before;
    }

    public static void main(String[] none) throws Exception {
        KeyStore store = KeyStore.getInstance(new File("server.p12"), SECRET);
        boolean same = true;
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLContext server = context(store);
            SSLContext client = context(store);
            int control = serve(server).getLocalPort();
            int data = serve(server).getLocalPort();
            boolean first = resumes(client, new Socket(), control, control, version);
            boolean told = resumes(client, new Socket(), data, control, version);
            boolean again = resumes(client, new Socket(), control, control, version);
            boolean below = resumes(client, new PortOf(control), serve(server).getLocalPort(), control, version);
            System.out.println(version + ": first connection resumes: " + first + "; another port, told the first's: " + told
                    + "; the first port again: " + again + "; another port, whose socket says it is the first's: " + below);
            same &= !first && !told && again && below;
        }
        System.out.println(same ? "so it is still: the port that createSocket is told is ignored" : "this has changed");
        System.exit(same ? 0 : 1);
    }
}
JAVA
java -version 2>&1 | head -1
timeout 50 java Finding.java
