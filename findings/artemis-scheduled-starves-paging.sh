#!/bin/sh
# Guess: a queue that pages to disk is read on as soon as its consumer has taken what is in memory; messages scheduled for a
# later time are out of the way until then.
# Seen: what was scheduled when the broker STARTED is counted against the queue's read-ahead (prefetch-page-bytes, a page
# unless told; max-read-page-bytes, two pages), and once more when its time comes, but taken off only once. When that sum is as
# large as the read-ahead, the pages are never read again in that run: a message that is sent now is never delivered though a
# consumer waits, and the scheduled ones on pages never come, without a line in the log. The next start may deliver them.
# A read-ahead as large as what may be in memory for the address (max-size-bytes) avoids it.
# Version: Artemis 2.55.0. Date: 2026-11-28.
# Needs a JDK 17 and Maven. Ends with 1 when the behaviour has changed.
set -eu
version=2.55.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/pom.xml" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.artemis</groupId><artifactId>artemis-server</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -ntp -f "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib"
cat > "$work/Starved.java" <<'JAVA'
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.*;
import org.apache.activemq.artemis.api.core.client.*;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.*;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.*;

public class Starved {
    static final int IN_MEMORY = 200 << 10;
    static final int LATER = 500;
    static final long PATIENCE_MS = 4_000;

    static EmbeddedActiveMQ start(Path home, boolean wide) throws Exception {
        AddressSettings settings = new AddressSettings()
                .setMaxSizeBytes(IN_MEMORY).setPageSizeBytes(32 << 10)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
        if (wide) {
            settings.setPrefetchPageBytes(IN_MEMORY).setMaxReadPageBytes(IN_MEMORY);
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO).setJournalFileSize(1 << 20)
                .setJournalDirectory(home + "/journal").setBindingsDirectory(home + "/bindings")
                .setLargeMessagesDirectory(home + "/large").setPagingDirectory(home + "/paging")
                .addAcceptorConfiguration("vm", "vm://1").addAddressSetting("#", settings));
        broker.start();
        return broker;
    }

    static void send(ClientSession session, int count, long time) throws Exception {
        ClientProducer lane = session.createProducer("lane");
        for (int number = 0; number < count; number++) {
            ClientMessage message = session.createMessage(true);
            message.getBodyBuffer().writeString("-".repeat(200));
            if (time > 0) {
                message.putLongProperty(Message.HDR_SCHEDULED_DELIVERY_TIME, time);
            }
            lane.send(message);
        }
        session.commit();
        lane.close();
    }

    static int received(ClientConsumer consumer, ClientSession session) throws Exception {
        int count = 0;
        for (ClientMessage next = consumer.receive(PATIENCE_MS); next != null; next = consumer.receive(PATIENCE_MS)) {
            next.acknowledge();
            count++;
        }
        session.commit();
        return count;
    }

    /** Fresh messages and due ones that were delivered after a restart, of 1 and LATER. */
    static int[] run(Path home, boolean wide) throws Exception {
        EmbeddedActiveMQ broker = start(home, wide);
        try (ServerLocator at = ActiveMQClient.createServerLocator("vm://1");
                ClientSessionFactory factory = at.createSessionFactory();
                ClientSession session = factory.createSession(false, false)) {
            session.createQueue(QueueConfiguration.of("lane").setRoutingType(RoutingType.ANYCAST));
            send(session, LATER, System.currentTimeMillis() + 3_600_000);
        }
        broker.stop();
        broker = start(home, wide);
        int[] seen = new int[2];
        try (ServerLocator at = ActiveMQClient.createServerLocator("vm://1").setConsumerWindowSize(0);
                ClientSessionFactory factory = at.createSessionFactory();
                ClientSession session = factory.createSession(false, false)) {
            session.start();
            send(session, 1, 0);
            ClientConsumer consumer = session.createConsumer("lane");
            seen[0] = received(consumer, session);
            Queue lane = broker.getActiveMQServer().locateQueue(SimpleString.of("lane"));
            lane.deliverScheduledMessages(); // as if their time had come
            seen[1] = received(consumer, session);
            System.out.println((wide ? "read-ahead as large as max-size-bytes: " : "read-ahead as it is by default: ")
                    + seen[0] + " of 1 fresh message came, then " + seen[1] + " of " + LATER + " whose time had come; "
                    + lane.getMessageCount() + " stay, consumers waiting: " + lane.getConsumerCount());
        }
        broker.stop();
        return seen;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("Artemis " + org.apache.activemq.artemis.utils.VersionLoader.getVersion().getFullVersion());
        int[] narrow = run(Path.of(args[0], "narrow"), false);
        int[] wide = run(Path.of(args[0], "wide"), true);
        boolean asSeen = narrow[0] + narrow[1] < 1 + LATER && wide[0] + wide[1] == 1 + LATER;
        System.out.println(asSeen ? "as seen: the narrow one stands still for good" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }

}
JAVA
javac -nowarn -cp "$work/lib/*" -d "$work" "$work/Starved.java"
java -cp "$work:$work/lib/*" Starved "$work/home"
