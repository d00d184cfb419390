#!/usr/bin/env bash
# A queue's dead letters are bounded: their address has a largest size and the policy FAIL, so that nobody fills the disk with them. It is full, and
# the next message of the queue has been rolled back as often as it may be.
#
# One would guess: since the dead letter's address refuses it, the message stays in its queue and is delivered again, or it is thrown away.
# Seen: neither. The rollback says nothing to the consumer. The message counts as being delivered, to nobody: no consumer gets it, not even after
# there is room among the dead letters again. The next start of the broker finds it in its queue, and delivers it anew. Until then only
# a warning in the broker's log tells (AMQ222154), and a queue whose count does not go down.
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
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-server</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat > Finding.java <<'JAVA'
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

public class Finding {
    static final int ATTEMPTS = 2;
    static final int MESSAGES = 3;

    static EmbeddedActiveMQ started() throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO).setJournalFileSize(1 << 20).setJournalDirectory("journal")
                .setBindingsDirectory("bindings").setLargeMessagesDirectory("large").setPagingDirectory("paging")
                .addAcceptorConfiguration("vm", "vm://1")
                .addAddressSetting("lane", new AddressSettings().setMaxDeliveryAttempts(ATTEMPTS)
                        .setDeadLetterAddress(SimpleString.of("dead")))
                .addAddressSetting("dead", new AddressSettings().setMaxSizeMessages(1)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)));
        broker.start();
        return broker;
    }

    interface Work {
        int with(ClientSession session) throws Exception;
    }

    static int session(Work work) throws Exception {
        try (ServerLocator at = ActiveMQClient.createServerLocator("vm://1").setConsumerWindowSize(0);
                ClientSessionFactory factory = at.createSessionFactory(); ClientSession session = factory.createSession(false, false)) {
            session.start();
            return work.with(session);
        }
    }

    static int fill(ClientSession session) throws Exception {
        for (String queue : new String[] {"lane", "dead"}) {
            session.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        try (ClientProducer lane = session.createProducer("lane")) {
            for (int number = 0; number < MESSAGES; number++) {
                lane.send(session.createMessage(true));
            }
        }
        session.commit();
        return MESSAGES;
    }

    /** Takes each message, and rolls it back. */
    static int rolledBack(ClientSession session) throws Exception {
        int count = 0;
        try (ClientConsumer lane = session.createConsumer("lane")) {
            for (ClientMessage next = lane.receive(1_000); next != null; next = lane.receive(1_000)) {
                next.acknowledge();
                session.rollback();
                count++;
            }
        }
        return count;
    }

    /** Takes all that a queue gives. */
    static int taken(ClientSession session, String queue) throws Exception {
        int count = 0;
        try (ClientConsumer consumer = session.createConsumer(queue)) {
            for (ClientMessage next = consumer.receive(2_000); next != null; next = consumer.receive(2_000)) {
                next.acknowledge();
                count++;
            }
        }
        session.commit();
        return count;
    }

    static String counted(EmbeddedActiveMQ broker) {
        Queue lane = broker.getActiveMQServer().locateQueue(SimpleString.of("lane"));
        return "the queue counts " + lane.getMessageCount() + ", " + lane.getDeliveringCount() + " of them being delivered, to "
                + lane.getConsumerCount() + " consumers";
    }

    public static void main(String[] args) throws Exception {
        EmbeddedActiveMQ broker = started();
        session(Finding::fill);
        int rollbacks = session(Finding::rolledBack);
        System.out.println(MESSAGES + " messages, " + rollbacks + " rollbacks without an error; " + counted(broker));
        int dead = session(session -> taken(session, "dead"));
        int before = session(session -> taken(session, "lane"));
        System.out.println("dead letters taken away: " + dead + "; then a consumer gets " + before + " messages; " + counted(broker));
        broker.stop();
        broker = started();
        System.out.println("after a restart " + counted(broker));
        int after = session(session -> taken(session, "lane"));
        System.out.println("then a consumer gets " + after + " messages");
        broker.stop();
        boolean asSeen = rollbacks == ATTEMPTS * MESSAGES && dead == 1 && before == 0 && after == MESSAGES - 1;
        System.out.println(asSeen ? "as seen: what the dead letters refuse is out of reach until the next start" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
