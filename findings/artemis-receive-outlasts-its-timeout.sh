#!/usr/bin/env bash
# A program asks an empty queue for a message, for a second at the most: consumer.receive(1000). The broker stands still just then (paused, its disk
# hangs) or the network to it is cut without a word.
#
# One would guess: after a second the call ends with null, whatever the broker does; that is what a time-out is for.
# Seen: it does not end. When the time is over the client of Artemis asks the broker whether there is really nothing, and waits for the answer without
# a time-out. It ends when the broker goes on, or when the client takes the connection for dead, which took about twice connectionTTL (118 s in a
# trial with the default of 60 s); it is null then too. A loop that looks at a flag each second cannot be stopped meanwhile. A short
# clientFailureCheckPeriod and connectionTTL bound it.
# Versions: Artemis 2.55.0 (its own protocol), Java 17. Date: 2026-11-30.
set -euo pipefail

VERSION=2.55.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-jakarta-server</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Finding {
    static final long PAUSE_MS = 10_000;

    /** The broker, a process of its own, until its standard input ends. */
    static void broker(String url) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setPersistenceEnabled(false)
                .setJMXManagementEnabled(false).addAcceptorConfiguration("tcp", url));
        broker.start();
        System.out.println("up");
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    static long millis(MessageConsumer consumer) throws Exception {
        long begun = System.nanoTime();
        consumer.receive(1_000);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** How long a receive of a second takes at a broker that is paused for a while. */
    static long paused(Process broker, String url, String options) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url + options);
                Connection connection = factory.createConnection(); Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue("lane"));
            long before = millis(consumer);
            signal(broker, "STOP");
            FutureTask<Long> receiving = new FutureTask<>(() -> millis(consumer));
            new Thread(receiving).start();
            try {
                receiving.get(PAUSE_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                System.out.printf("receive(1000) has not ended after %,d ms, the broker is woken%n", PAUSE_MS);
            } finally {
                signal(broker, "CONT");
            }
            System.out.printf("%s: receive(1000) takes %,d ms; with a broker paused for %,d ms at the most it takes %,d ms%n",
                    options.isEmpty() ? "as by default" : options, before, PAUSE_MS, receiving.get());
            return receiving.get();
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            broker(args[0]);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "tcp://127.0.0.1:" + port;
        Process broker = new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", "lib/*:.", "Finding", url)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        long byDefault;
        long checked;
        try {
            broker.inputReader().readLine();
            byDefault = paused(broker, url, "");
            checked = paused(broker, url, "?clientFailureCheckPeriod=1000&connectionTTL=2000");
        } finally {
            broker.destroyForcibly();
        }
        boolean asSeen = byDefault >= PAUSE_MS && checked < PAUSE_MS;
        System.out.println(asSeen ? "as seen: the time-out is over when the broker answers" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
