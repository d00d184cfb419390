#!/usr/bin/env bash
# An application in JavaScript publishes by AMQP 1.0 with rhea to a durable queue of an Artemis that keeps its messages on disk, and counts a message as
# handed over when its outcome "accepted" has come. Then the broker is stopped in peace, for an upgrade, and started again.
#
# One would guess: what was accepted into a durable queue is there again; at most a power cut or a kill could lose what is not on disk yet.
# Seen: of a message that does not say durable nothing is left, in an orderly stop too, and nobody is told: rhea does not set it, and Artemis accepts it all
# the same. If the queue was large enough to page, what was on its pages is there, though it says no more; so the first ones are missing and the
# last ones are not. A message with durable: true is there. (JMS clients say durable unless told otherwise.)
# Who runs the broker can make each message durable before it is taken (ActiveMQServerMessagePlugin.beforeSend: setDurable, then reencode).
# Versions: rhea 3.0.4 (npm), Artemis 2.55.0, Java 17. Date: 2026-12-01.
# Needs a JDK, Maven, Node.js and npm. Ends with 1 when the behaviour has changed.
set -euo pipefail

VERSION=2.55.0
RHEA=3.0.4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-fund --no-audit --ignore-scripts "rhea@$RHEA" >/dev/null
cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-jakarta-server</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-amqp-protocol</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > publish.js <<'JS'
const rhea = require('rhea');
const [port, queue, durable, count] = [+process.argv[2], process.argv[3], process.argv[4] === 'durable', +process.argv[5]];
const connection = rhea.connect({host: '127.0.0.1', port, username: 'a', password: 'a', reconnect: false});
const sender = connection.open_sender(queue);
let accepted = 0;
sender.once('sendable', () => {
  for (let number = 1; number <= count; number++) {
    const message = {body: number + ' ' + 'x'.repeat(10000)};
    if (durable) message.durable = true;
    sender.send(message);
  }
});
rhea.on('accepted', () => {
  if (++accepted === count) {
    connection.close();
  }
});
rhea.on('connection_close', () => console.log(queue + ': ' + accepted + ' accepted'));
JS
cat > Finding.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Finding {
    static final String[] QUEUES = {"not-said", "durable", "paged"};

    static EmbeddedActiveMQ start(int port) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(true).setSecurityEnabled(false).setJournalType(JournalType.NIO).setMaxDiskUsage(-1);
        configuration.setJournalDirectory("broker/journal").setBindingsDirectory("broker/bindings");
        configuration.setPagingDirectory("broker/paging").setLargeMessagesDirectory("broker/large");
        configuration.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
        configuration.addAcceptorConfiguration("inside", "vm://0");
        for (String queue : QUEUES) {
            configuration.addQueueConfiguration(
                    QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true).setAutoDelete(false));
        }
        configuration.addAddressSetting("paged", new AddressSettings().setMaxSizeBytes(200_000).setPageSizeBytes(100_000));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        return broker;
    }

    static List<Integer> received(Connection connection, String queue) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        try (Session session = connection.createSession(); MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            for (Message message = consumer.receive(1_000); message != null; message = consumer.receive(1_000)) {
                numbers.add(Integer.valueOf(((TextMessage) message).getText().replaceFirst(" .*", "")));
            }
        }
        System.out.println(queue + ": there after the restart " + numbers);
        return numbers;
    }

    static void publish(int port, String queue, int count) throws Exception {
        String[] command = {"node", "publish.js", "" + port, queue, queue.equals("durable") ? "durable" : "-", "" + count};
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("nothing published");
        }
    }

    public static void main(String[] args) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        EmbeddedActiveMQ broker = start(port);
        publish(port, "not-said", 5);
        publish(port, "durable", 5);
        publish(port, "paged", 40);
        broker.stop();
        broker = start(port);
        boolean same;
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0"); Connection connection = factory.createConnection()) {
            connection.start();
            List<Integer> paged = received(connection, "paged");
            same = received(connection, "not-said").isEmpty()
                    & received(connection, "durable").size() == 5
                    & !paged.isEmpty() & !paged.contains(1) & paged.contains(40);
        }
        broker.stop();
        System.out.println(same ? "as seen: accepted, and lost by an orderly restart" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, rhea $RHEA, Node.js $(node --version), Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*:.' Finding
