#!/usr/bin/env bash
# A consumer takes one message of twenty in a transaction and dies (a kill, a network that breaks) before the commit. That happens to it again
# and again, at the first message each time. The broker gives a message up after max-delivery-attempts, 10 unless told otherwise; 3 here.
#
# One would guess: the first message ends as a dead letter, since it was given to a program that died of it. The other nineteen, which no program
# has ever received, were not delivered, and wait.
# Seen: all twenty end as dead letters. What the client's library had read ahead counts as delivered when its connection breaks, and by default
# that is a whole megabyte. So ten broken connections, over whatever time, make dead letters of a whole queue of small messages. A connection that
# is closed without a commit counts the one message that was received. With consumerWindowSize=0 nothing is read ahead, and a broken connection too
# counts only that.
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
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Finding {
    static final int MESSAGES = 20;
    static final int ATTEMPTS = 3;

    /** The consumer, a process of its own: takes the first message, and ends without a commit. */
    static void consumer(String url, String queue, String end) throws Exception {
        Connection connection = new ActiveMQConnectionFactory(url).createConnection();
        connection.start();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        TextMessage first = (TextMessage) session.createConsumer(session.createQueue(queue)).receive(10_000);
        System.out.print(" " + (first == null ? "nothing" : first.getText()));
        System.out.flush();
        Thread.sleep(300);
        if (end.equals("closes")) {
            connection.close();
            System.exit(0);
        }
        Runtime.getRuntime().halt(1);
    }

    /** How many of the messages are dead letters after as many consumers as there are attempts. */
    static long dead(ActiveMQServer broker, String url, String options, String end) throws Exception {
        String queue = end + options.length();
        for (String name : new String[] {queue, "dead-" + queue}) {
            broker.createQueue(QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST));
        }
        broker.getAddressSettingsRepository().addMatch(queue, new AddressSettings().setMaxDeliveryAttempts(ATTEMPTS)
                .setDeadLetterAddress(SimpleString.of("dead-" + queue)));
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection(); Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            for (int number = 1; number <= MESSAGES; number++) {
                producer.send(session.createTextMessage("message-" + number));
            }
        }
        System.out.print(ATTEMPTS + " consumers" + options + ", each " + end + ", having received:");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", "lib/*:.", "Finding", url + options, queue, end)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT).start().waitFor();
            while (broker.locateQueue(SimpleString.of(queue)).getConsumerCount() > 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        long dead = broker.locateQueue(SimpleString.of("dead-" + queue)).getMessageCount();
        System.out.println("; dead letters: " + dead + " of " + MESSAGES);
        return dead;
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            consumer(args[0], args[1], args[2]);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "tcp://127.0.0.1:" + port;
        EmbeddedActiveMQ embedded = new EmbeddedActiveMQ();
        embedded.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setPersistenceEnabled(false)
                .setJMXManagementEnabled(false).addAcceptorConfiguration("tcp", url));
        embedded.start();
        long closed = dead(embedded.getActiveMQServer(), url, "", "closes");
        long ahead = dead(embedded.getActiveMQServer(), url, "", "dies");
        long nothingAhead = dead(embedded.getActiveMQServer(), url, "?consumerWindowSize=0", "dies");
        embedded.stop();
        boolean asSeen = closed == 1 && ahead == MESSAGES && nothingAhead == 1;
        System.out.println(asSeen ? "as seen: what nobody received is given up" : "the behaviour has CHANGED");
        System.exit(asSeen ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
java -XX:TieredStopAtLevel=1 -Xshare:auto -cp 'lib/*:.' Finding
