#!/usr/bin/env bash
# A program is given the URL of one broker, tcp://a:61616, which is one of two that form a cluster. It opens some connections by one factory, as a pool
# does, puts ten messages into a queue, looks through the queue, and reads it; nobody else does anything.
#
# One would guess: all of them are connections to a. Other brokers are for whoever names them in the URL, or asks for ha=true.
# Seen: a tells the client of b, and from then on each connection of this factory goes to one of the two in turn (useTopologyForLoadBalancing, on by default,
# has no bound to what the URL names). Half of the messages lie at a, half at b. A browser sees one half; a consumer reads one half, waits, and the other
# lies there while nobody reads at b (redistribution-delay is off by default). What was sent twice with one duplicate detection id, by two connections, is
# there twice. With useTopologyForLoadBalancing=false all connections go to a.
# Who needs one broker must say so in the URL, or ask which it was: what works on a test machine's single broker loses sight of half of its messages later.
# Versions: Artemis 2.55.0 (brokers, and its client for Jakarta Messaging), Java 17. Date: 2026-12-01.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Finding {
    static final int MANY = 10;

    /** Nothing set but that the two know each other, and a queue for each trial. */
    static EmbeddedActiveMQ broker(int port, int other) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setName("broker" + port).setSecurityEnabled(false).setJMXManagementEnabled(false).setClusterUser("c").setClusterPassword("c")
                .setJournalType(JournalType.NIO).setJournalFileSize(1 << 20).setJournalDirectory(port + "/journal")
                .setBindingsDirectory(port + "/bindings").setLargeMessagesDirectory(port + "/large").setPagingDirectory(port + "/paging")
                .addAcceptorConfiguration("acceptor", "tcp://127.0.0.1:" + port)
                .addConnectorConfiguration("this", "tcp://127.0.0.1:" + port).addConnectorConfiguration("other", "tcp://127.0.0.1:" + other)
                .addClusterConfiguration(new ClusterConnectionConfiguration().setName("cluster").setConnectorName("this")
                        .setStaticConnectors(List.of("other")).setRetryInterval(100));
        for (String queue : List.of("first", "second")) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        return broker;
    }

    static int members(EmbeddedActiveMQ broker) {
        return broker.getActiveMQServer().getClusterManager().getClusterConnection("cluster").getTopology().getMembers().size();
    }

    static long lie(EmbeddedActiveMQ broker, String queue) {
        return broker.getActiveMQServer().locateQueue(SimpleString.of(queue)).getMessageCount();
    }

    /** How many of all lie at a, at b, are seen by a browser, and come to a consumer. */
    static List<Long> trial(EmbeddedActiveMQ a, EmbeddedActiveMQ b, String queue, String url) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
            List<Connection> pool = new ArrayList<>();
            for (int number = 0; number < MANY; number++) {
                pool.add(factory.createConnection());
                if (number == 0) { // that the broker tells of the other one takes a moment
                    while (factory.getServerLocator().getTopology().getMembers().size() < 2) {
                        Thread.sleep(20);
                    }
                }
            }
            for (Connection connection : pool) {
                connection.start();
                Session session = connection.createSession();
                TextMessage message = session.createTextMessage("order 4711");
                message.setStringProperty("_AMQ_DUPL_ID", "order " + pool.indexOf(connection) / 2); // each order by two connections
                session.createProducer(session.createQueue(queue)).send(message);
            }
            long atA = lie(a, queue);
            long atB = lie(b, queue);
            Session session = pool.get(MANY - 1).createSession();
            QueueBrowser browser = session.createBrowser(session.createQueue(queue));
            long seen = Collections.list((java.util.Enumeration<?>) browser.getEnumeration()).size();
            browser.close();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            long received = 0;
            while (consumer.receive(2_000) != null) {
                received++;
            }
            for (Connection connection : pool) {
                connection.close();
            }
            System.out.println(url.replaceAll("127.0.0.1:\\d+", "a") + ": of 5 orders, sent twice each: " + atA + " at a, " + atB + " at b; a browser saw "
                    + seen + ", a consumer received " + received + ", " + (lie(a, queue) + lie(b, queue)) + " lie there");
            return List.of(atA, atB, seen, received);
        }
    }

    public static void main(String[] args) throws Exception {
        int one;
        int two;
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            one = first.getLocalPort();
            two = second.getLocalPort();
        }
        EmbeddedActiveMQ a = broker(one, two);
        EmbeddedActiveMQ b = broker(two, one);
        while (members(a) < 2 || members(b) < 2) {
            Thread.sleep(50);
        }
        List<Long> byDefault = trial(a, b, "first", "tcp://127.0.0.1:" + one);
        List<Long> bound = trial(a, b, "second", "tcp://127.0.0.1:" + one + "?useTopologyForLoadBalancing=false");
        long sum = byDefault.get(0) + byDefault.get(1);
        boolean spread = byDefault.get(0) > 0 && byDefault.get(1) > 0 && sum > 5 && byDefault.get(2) < sum && byDefault.get(3) < sum;
        boolean together = bound.equals(List.of(5L, 0L, 5L, 5L));
        a.stop();
        b.stop();
        System.out.println(spread && together ? "as seen: the URL names one, the connections go to both" : "the behaviour has CHANGED");
        System.exit(spread && together ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
