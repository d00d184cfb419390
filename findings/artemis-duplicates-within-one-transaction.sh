#!/bin/sh
# Guess: a message whose duplicate detection id (_AMQ_DUPL_ID) the address has seen is not delivered again, and with it the broker refuses
# the whole transaction. So does the second of two messages with one id that are sent in the SAME transaction.
# Seen: both of them are delivered, and the commit says nothing: what a transaction sends is compared, as it is sent, with what was committed by
# then, not with itself, and not again at its commit. So two transactions that run side by side deliver both, too. Only when the first is committed
# before the second sends does the second's commit fail. Without a transaction the second message is dropped without a word.
# Who puts several inputs into one transaction must compare their ids himself, and two who take the same input must not do it at once.
# Version: Artemis 2.55.0. Date: 2026-11-30.
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
cat > "$work/Twice.java" <<'JAVA'
import org.apache.activemq.artemis.api.core.*;
import org.apache.activemq.artemis.api.core.client.*;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

public class Twice {
    static void send(ClientSession session, ClientProducer producer, String id) throws Exception {
        ClientMessage message = session.createMessage(true);
        message.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID, SimpleString.of(id));
        producer.send(message);
    }

    static long count(EmbeddedActiveMQ broker, String queue) {
        return broker.getActiveMQServer().locateQueue(SimpleString.of(queue)).getMessageCount();
    }

    public static void main(String[] args) throws Exception {
        System.out.println("Artemis " + org.apache.activemq.artemis.utils.VersionLoader.getVersion().getFullVersion());
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setPersistenceEnabled(false)
                .setJMXManagementEnabled(false).addAcceptorConfiguration("vm", "vm://1"));
        broker.start();
        long together;
        long beside;
        long apart;
        long plain;
        String refused = "nothing";
        try (ServerLocator at = ActiveMQClient.createServerLocator("vm://1");
                ClientSessionFactory factory = at.createSessionFactory();
                ClientSession transacted = factory.createSession(false, false);
                ClientSession another = factory.createSession(false, false);
                ClientSession direct = factory.createSession(true, true)) {
            for (String queue : new String[] {"together", "beside", "apart", "plain"}) {
                direct.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
            }
            try (ClientProducer producer = transacted.createProducer("together")) {
                send(transacted, producer, "one");
                send(transacted, producer, "one");
                transacted.commit();
            }
            try (ClientProducer one = transacted.createProducer("beside"); ClientProducer two = another.createProducer("beside")) {
                send(transacted, one, "one");
                send(another, two, "one");
                transacted.commit();
                another.commit();
            }
            try (ClientProducer producer = transacted.createProducer("apart")) {
                send(transacted, producer, "one");
                transacted.commit();
                send(transacted, producer, "one");
                transacted.commit();
            } catch (ActiveMQException e) {
                refused = e.getType().toString();
                transacted.rollback();
            }
            try (ClientProducer producer = direct.createProducer("plain")) {
                send(direct, producer, "one");
                send(direct, producer, "one");
            }
            together = count(broker, "together");
            beside = count(broker, "beside");
            apart = count(broker, "apart");
            plain = count(broker, "plain");
        }
        broker.stop();
        System.out.println("one id twice in one transaction: " + together + " delivered");
        System.out.println("in two transactions side by side: " + beside + " delivered");
        System.out.println("in two transactions, one after the other: " + apart + " delivered; the second commit says " + refused);
        System.out.println("without a transaction: " + plain + " delivered");
        boolean asSeen = together == 2 && beside == 2 && apart == 1 && plain == 1;
        System.out.println(asSeen ? "as seen: a transaction is compared with what was committed before it sent, only" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -nowarn -cp "$work/lib/*" -d "$work" "$work/Twice.java"
java -cp "$work:$work/lib/*" Twice
