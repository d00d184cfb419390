#!/usr/bin/env bash
# An application has one JMSContext (JMS 2.0, its simplified API) and makes a JMSProducer of it for each kind of message, which the API means to be
# cheap: createProducer() "creates a new JMSProducer object which can be used to configure and send messages". The first is for a message that is
# worth nothing after an hour: setTimeToLive, low priority, not persistent. The second sends what must arrive, and sets nothing.
#
# One would guess: the second producer has the defaults: persistent, priority 4, for ever. So it is with Apache Qpid's client.
# Seen: with Artemis' own client all producers of a context stand on one and the same. What is set on one of them holds for those that are made later,
# and for those that were made before: the message that must arrive expires after an hour, and is not on disk. A second producer asked what it has
# says so itself. What differs wants a context of its own (createContext of the context), or each setting said again before each message.
# Versions: Artemis 2.55.0 (broker, and its client for Jakarta Messaging), Qpid JMS 2.10.0, Java 17. Date: 2026-12-01.
# Needs a JDK and Maven. Ends with 1 when the behaviour has changed.
set -euo pipefail

VERSION=2.55.0
QPID=2.10.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-jakarta-server</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-amqp-protocol</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.apache.qpid</groupId><artifactId>qpid-jms-client</artifactId><version>$QPID</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

public class Finding {
    static final List<String> DEFAULTS = List.of("made before: persistent, priority 4, for ever", "made later: persistent, priority 4, for ever");
    static final List<String> SHARED = List.of("made before: not persistent, priority 1, expires", "made later: not persistent, priority 1, expires");

    public static void main(String[] args) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port)
                .addQueueConfiguration(QueueConfiguration.of("mail").setRoutingType(RoutingType.ANYCAST)));
        broker.start();
        List<String> artemis;
        List<String> qpid;
        try (ActiveMQConnectionFactory own = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port)) {
            artemis = arrived("Artemis' client", own);
            qpid = arrived("Qpid's client", new JmsConnectionFactory("amqp://127.0.0.1:" + port));
        } finally {
            broker.stop();
        }
        boolean seen = artemis.equals(SHARED) && qpid.equals(DEFAULTS);
        System.out.println(seen ? "as seen before" : "CHANGED");
        System.exit(seen ? 0 : 1);
    }

    private static List<String> arrived(String client, ConnectionFactory factory) throws Exception {
        try (JMSContext application = factory.createContext("a", "a")) {
            Queue mail = application.createQueue("mail");
            JMSProducer before = application.createProducer();
            application
                    .createProducer()
                    .setTimeToLive(3_600_000)
                    .setPriority(1)
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .send(mail, "worth nothing in an hour");
            before.send(mail, "made before");
            JMSProducer later = application.createProducer();
            System.out.println(client + ": a new producer has a time to live of " + later.getTimeToLive() + " ms");
            later.send(mail, "made later");
            JMSConsumer consumer = application.createConsumer(mail);
            List<String> lines = Stream.of(text(consumer), text(consumer), text(consumer))
                    .filter(line -> line.startsWith("made"))
                    .sorted()
                    .toList();
            lines.forEach(line -> System.out.println(client + ": " + line));
            return lines;
        }
    }

    private static String text(JMSConsumer consumer) throws Exception {
        Message message = consumer.receive(10_000);
        return "%s: %s, priority %d, %s"
                .formatted(
                        message.getBody(String.class),
                        message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT ? "persistent" : "not persistent",
                        message.getJMSPriority(),
                        message.getJMSExpiration() == 0 ? "for ever" : "expires");
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, Qpid JMS $QPID"
timeout 50 java -cp "lib/*:." Finding
