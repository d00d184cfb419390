#!/usr/bin/env bash
# One would guess: who layers TLS over a connected socket and keeps the socket below (to set its time-outs, to close it from a watchdog,
# or because it owns the connection) has a connection for as long as that socket is referenced.
# Seen: once nobody references the SSLSocket any more, its finalizer closes the socket below, in the middle of whatever goes on.
# Nothing is thrown; the peer reads the end of the stream. With autoClose false the socket below stays open, and the peer reads the
# end of the stream just the same: TLS has said goodbye. Keep the SSLSocket itself for as long as the connection is to live.
# Java 17 (OpenJDK), 2026-11-29.
# Needs a JDK 17. Ends with 0 while this is so.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost -ext san=dns:localhost -validity 2 \
  -keystore server.p12 -storetype PKCS12 -storepass finding >/dev/null 2>&1

cat > Finding.java <<'JAVA'
import java.io.FileInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.*;

public class Finding {
    static SSLContext context;

    /** Shakes hands and returns the socket below; the one above is referenced by nobody afterwards. */
    static Socket connect(int port, boolean autoClose) throws Exception {
        Socket below = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket above = (SSLSocket) context.getSocketFactory().createSocket(below, "localhost", port, autoClose);
        above.startHandshake();
        return below;
    }

    static boolean closedWhenCollected(boolean autoClose) throws Exception {
        try (SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> peer = CompletableFuture.supplyAsync(() -> {
                try (Socket accepted = server.accept()) {
                    return accepted.getInputStream().read(); // the handshake, then until something comes
                } catch (Exception e) {
                    return -2;
                }
            });
            Socket below = connect(server.getLocalPort(), autoClose);
            for (int collected = 0; collected < 50 && !below.isClosed(); collected++) {
                System.gc();
                System.runFinalization();
                Thread.sleep(20);
            }
            boolean closed = below.isClosed();
            System.out.println("autoClose " + autoClose + ": the socket below is " + (closed ? "closed" : "open")
                    + ", and the peer " + (peer.isDone() ? "read " + peer.get() : closed ? "read " + peer.get() : "still reads"));
            below.close();
            return closed;
        }
    }

    public static void main(String[] arguments) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (FileInputStream file = new FileInputStream("server.p12")) {
            store.load(file, "finding".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "finding".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        System.out.println("Java " + System.getProperty("java.version"));
        boolean with = closedWhenCollected(true);
        boolean without = closedWhenCollected(false);
        System.exit(with && !without ? 0 : 1);
    }
}
JAVA
javac -nowarn -Xlint:none Finding.java 2>/dev/null
timeout 50 java Finding && echo "still so"
