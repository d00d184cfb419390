#!/usr/bin/env bash
# An application publishes to a queue that Artemis made for it by itself (auto-create, which is on by default), with a duplicate detection id in each
# message (_AMQ_DUPL_ID), so that a message that it sends again after a fault is delivered once. The ids are kept on disk (persist-id-cache).
#
# One would guess: an id is known for as long as fewer than id-cache-size others have come after it, 20,000 by default.
# Seen: it is known until the queue is empty and its consumer goes for a moment, for a restart or an upgrade. Then Artemis deletes the queue
# (auto-delete, on by default too), and with an address's last queue all the ids of the address, from the disk too; the message that is sent again
# is delivered again, and nothing tells. To keep the address (auto-delete-addresses off) does not help, to keep the queue (auto-delete-queues off) does.
# Versions: Artemis 2.55.0, Java 17. Date: 2026-11-30.
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
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Finding {
    static final long SCAN_MS = 500; // address-queue-scan-period, 30 s by default
    static EmbeddedActiveMQ broker;

    static void publish(Connection connection, String queue) throws Exception {
        try (Session session = connection.createSession(); MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            TextMessage message = session.createTextMessage("order 4711");
            message.setStringProperty("_AMQ_DUPL_ID", "order 4711");
            producer.send(message);
        }
    }

    /** How many messages a consumer gets that comes, and goes again. */
    static int consumed(Connection connection, String queue) throws Exception {
        int count = 0;
        try (Session session = connection.createSession(); MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            while (consumer.receive(1_500) != null) {
                count++;
            }
        }
        return count;
    }

    /** Of one order published twice, how often it was consumed, where the consumer is away for a moment between. */
    static int run(Connection connection, String queue, String settings) throws Exception {
        publish(connection, queue);
        int count = consumed(connection, queue);
        TimeUnit.MILLISECONDS.sleep(5 * SCAN_MS);
        boolean there = broker.getActiveMQServer().locateQueue(SimpleString.of(queue)) != null;
        publish(connection, queue);
        count += consumed(connection, queue);
        System.out.println(settings + ": without consumer the queue " + (there ? "stays" : "is deleted") + "; consumed " + count + " times");
        return count;
    }

    public static void main(String[] args) throws Exception {
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO).setJournalFileSize(1 << 20).setJournalDirectory("journal")
                .setBindingsDirectory("bindings").setLargeMessagesDirectory("large").setPagingDirectory("paging")
                .setAddressQueueScanPeriod(SCAN_MS).addAcceptorConfiguration("vm", "vm://1")
                .addAddressSetting("address", new AddressSettings().setAutoDeleteAddresses(false))
                .addAddressSetting("queue", new AddressSettings().setAutoDeleteQueues(false)));
        broker.start();
        int byDefault;
        int address;
        int kept;
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://1"); Connection connection = factory.createConnection()) {
            connection.start();
            byDefault = run(connection, "orders", "by default");
            address = run(connection, "address", "auto-delete-addresses off");
            kept = run(connection, "queue", "auto-delete-queues off");
        }
        broker.stop();
        boolean asSeen = byDefault == 2 && address == 2 && kept == 1;
        System.out.println(asSeen ? "as seen: ids go with the queue" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
