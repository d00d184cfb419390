#!/usr/bin/env bash
# A program's connections to Artemis come from pooled-jms. The URL says reconnectAttempts=-1, so that the client finds the broker again by itself, after
# a restart or a fail-over to the backup, and those who use its sessions go on; at most a transaction under way is rolled back.
#
# One would guess: the pool passes the methods on, so that behind it this is as it is without.
# Seen: without the pool it is so. With it the session is closed: the client tells its ExceptionListener of each loss, also of one that it then makes good,
# and the pool takes that for the connection's end and closes it, while the client restores it. Each session that was lent is gone ("Session is
# closed"), and whoever holds one must do what he would do without reconnectAttempts: take another connection. So the pool gets its own way of coming
# back, and the setting only makes the calls that are under way wait longer.
# Versions: Artemis 2.55.0, pooled-jms 3.2.5, Java 17. Date: 2026-12-01.
# Needs a JDK and Maven. Ends with 1 when the behaviour has changed.
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
    <dependency><groupId>org.messaginghub</groupId><artifactId>pooled-jms</artifactId><version>3.2.5</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

public class Finding {
    static EmbeddedActiveMQ broker;

    static void start(int port) throws Exception {
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO).setJournalFileSize(1 << 20).setJournalDirectory("journal")
                .setBindingsDirectory("bindings").setLargeMessagesDirectory("large").setPagingDirectory("paging")
                .addAcceptorConfiguration("acceptor", "tcp://127.0.0.1:" + port)
                .addQueueConfiguration(QueueConfiguration.of("orders").setRoutingType(RoutingType.ANYCAST)));
        broker.start();
    }

    /** What becomes of a session over a restart of the broker that found it without any work under way. */
    static String trial(String name, ConnectionFactory factory, int port) throws Exception {
        try (Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue("orders"));
            MessageConsumer consumer = session.createConsumer(session.createQueue("orders"));
            producer.send(session.createTextMessage("before"));
            session.commit();
            consumer.receive(5_000);
            session.commit();
            broker.stop();
            start(port);
            String seen;
            try {
                Thread.sleep(2_000); // the client looks for the broker each 100 ms
                producer.send(session.createTextMessage("after"));
                session.commit();
                seen = consumer.receive(5_000) == null ? "nothing comes" : "goes on";
                session.commit();
            } catch (JMSException e) {
                seen = e.getMessage();
            }
            System.out.println(name + ": the session, after a restart of the broker: " + seen);
            return seen;
        }
    }

    public static void main(String[] args) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start(port);
        ActiveMQConnectionFactory artemis = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port + "?reconnectAttempts=-1&retryInterval=100");
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(artemis);
        pool.start();
        String plain = trial("Artemis' client", artemis, port);
        String pooled = trial("through pooled-jms", pool, port);
        pool.stop();
        artemis.close();
        broker.stop();
        boolean asSeen = plain.equals("goes on") && pooled.contains("closed");
        System.out.println(asSeen ? "as seen: the pool closes what the client restores" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, pooled-jms 3.2.5, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
