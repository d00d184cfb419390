#!/usr/bin/env bash
# A server on MINA has TLS, a codec and a pool of threads (SslFilter, ProtocolCodecFilter, ExecutorFilter), as Apache FtpServer has, and its handler
# asks the session whether what it is given came inside TLS. A client sends a line, then a last one, such as QUIT, and closes without
# waiting for the answer, as scripts do.
#
# One would guess: what came inside TLS is handled as such; a handler sees the session as it was when the line came, or at least as it was once.
# Seen: while the handler has the first line, the end of the connection takes TLS off the session: for the first line it goes from secured to not
# secured under the handler's eyes, and the last one, which came inside TLS as the other did, finds it not secured from the beginning. So who refuses what
# was not said inside TLS refuses well-behaved clients now and then, and reports them. Only the event SslEvent.SECURED tells that there was TLS.
# Versions: mina-core 2.2.9, Java 17. Date: 2026-12-01.
# Needs a JDK and Maven. Ends with 0 while this is so.
set -euo pipefail

VERSION=2.2.9
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.mina</groupId><artifactId>mina-core</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
keytool -genkeypair -alias server -keyalg RSA -keysize 2048 -validity 2 -dname CN=localhost -storetype PKCS12 -keystore store.p12 \
  -storepass secret 2>/dev/null

cat > Finding.java <<'JAVA'
import java.io.InputStream;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.*;
import javax.net.ssl.*;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.textline.TextLineCodecFactory;
import org.apache.mina.filter.executor.ExecutorFilter;
import org.apache.mina.filter.ssl.*;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

public class Finding {
    static final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    static final CountDownLatch gone = new CountDownLatch(1);

    static class Handler extends IoHandlerAdapter {
        @Override
        public void event(IoSession session, FilterEvent event) {
            if (event == SslEvent.SECURED) {
                seen.add("event " + event);
            } else {
                gone.countDown();
            }
        }

        @Override
        public void messageReceived(IoSession session, Object line) throws Exception {
            tell(line, session);
            if (line.equals("FIRST")) {
                gone.await(20, TimeUnit.SECONDS);
                tell("FIRST, when the client has gone", session);
            }
        }

        private static void tell(Object when, IoSession session) {
            seen.add(when + ": " + (session.isSecured() || session.containsAttribute(SslFilter.SSL_SECURED) ? "secured" : "not secured"));
        }
    }

    static SSLContext tls() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(Path.of("store.p12"))) {
            store.load(file, "secret".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "secret".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static String next() throws InterruptedException {
        String next = seen.poll(20, TimeUnit.SECONDS);
        System.out.println(next);
        return String.valueOf(next);
    }

    public static void main(String[] arguments) throws Exception {
        SSLContext context = tls();
        NioSocketAcceptor acceptor = new NioSocketAcceptor(1);
        acceptor.getFilterChain().addLast("tls", new SslFilter(context));
        acceptor.getFilterChain().addLast("lines", new ProtocolCodecFilter(new TextLineCodecFactory(StandardCharsets.US_ASCII)));
        acceptor.getFilterChain().addLast("threads", new ExecutorFilter(2));
        acceptor.setHandler(new Handler());
        acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

        SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), acceptor.getLocalAddress().getPort());
        client.getOutputStream().write("FIRST\r\n".getBytes(StandardCharsets.US_ASCII));
        List<String> begin = List.of(next(), next());
        client.getOutputStream().write("LAST\r\n".getBytes(StandardCharsets.US_ASCII));
        client.close();
        boolean same = begin.equals(List.of("event SECURED", "FIRST: secured"))
                && next().equals("FIRST, when the client has gone: not secured") && next().equals("LAST: not secured");
        System.out.println(same ? "as seen: what came inside TLS is handled when TLS is forgotten" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
echo "mina-core $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*' Finding.java
