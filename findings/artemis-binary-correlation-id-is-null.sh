#!/usr/bin/env bash
# An application speaks AMQP 1.0 and asks a service that speaks JMS, both at an Artemis. By AMQP an id is a string, a number, a UUID or octets (part 3,
# 3.2.11 to 3.2.14). The service does what services do: the answer's JMSCorrelationID is the request's, or its message id where it has none.
#
# One would guess: whatever the kind, Artemis gives the service a text for it (ID:AMQP_UUID:…, ID:AMQP_ULONG:…, ID:AMQP_BINARY:…) and makes the
# same id of it again in the answer.
# Seen: so it is with strings, numbers and UUIDs, and with octets where they are the message id. A correlation-id of octets is null for
# getJMSCorrelationID, though the request has one: the answer goes out without it, or with the message id in its place, and the application, which
# looks for its own, finds no answer. getJMSCorrelationIDAsBytes has it, and setJMSCorrelationIDAsBytes makes octets of it again; so does the text
# ID:AMQP_BINARY: and hexadecimal digits, which nobody is given.
# Versions: Artemis 2.55.0 (broker, and its client for Jakarta Messaging), rhea 3.0.4 (npm), Java 17. Date: 2026-12-01.
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

cat > ask.js <<'JS'
const rhea = require('rhea');
const octets = rhea.types.wrap_binary(Buffer.from([1, 2, 0xfe]));
const requests = [
  {correlation_id: 'order 4711'},
  {correlation_id: rhea.types.wrap_ulong(4711)},
  {correlation_id: rhea.types.wrap_uuid(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))},
  {message_id: octets},
  {correlation_id: octets},
  {correlation_id: octets, message_id: 'message 12'},
];
const connection = rhea.connect({host: '127.0.0.1', port: +process.argv[2], username: 'a', password: 'a', reconnect: false});
const answers = connection.open_receiver({source: {dynamic: true}});
const text = id => Buffer.isBuffer(id) ? id.toString('hex') : String(id);
answers.once('receiver_open', () => {
  const sender = connection.open_sender('requests');
  sender.once('sendable', () =>
    requests.forEach((request, number) => sender.send({...request, body: '' + number, reply_to: answers.source.address})));
});
let answered = 0;
answers.on('message', context => {
  console.log('answer to ' + context.message.body + ': ' + text(context.message.correlation_id));
  if (++answered === requests.length) {
    connection.close();
  }
});
JS
cat > Finding.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.ServerSocket;
import java.util.HexFormat;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Finding {
    static final List<String> SEEN = List.of(
            "answer to 0: order 4711",
            "answer to 1: 4711",
            "answer to 2: 00112233445566778899aabbccddeeff",
            "answer to 3: 0102fe",
            "answer to 4: undefined",
            "answer to 5: message 12");

    static String correlation(Message request) throws Exception {
        if (request.getJMSCorrelationID() != null) {
            return request.getJMSCorrelationID();
        }
        Object asSet = request.getObjectProperty("NATIVE_MESSAGE_ID"); // the message id as the AMQP client set it
        return asSet == null ? request.getJMSMessageID() : asSet.toString();
    }

    public static void main(String[] args) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false).setSecurityEnabled(false);
        configuration.addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
        configuration.addAcceptorConfiguration("inside", "vm://0");
        configuration.addQueueConfiguration(QueueConfiguration.of("requests").setRoutingType(RoutingType.ANYCAST));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        Process application = new ProcessBuilder("node", "ask.js", "" + port).redirectErrorStream(true).start();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0"); Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer requests = session.createConsumer(session.createQueue("requests"));
            for (int number = 0; number < SEEN.size(); number++) {
                TextMessage request = (TextMessage) requests.receive(10_000);
                byte[] octets = request.getJMSCorrelationID() == null ? request.getJMSCorrelationIDAsBytes() : null;
                System.out.println("request " + request.getText() + ": JMSCorrelationID " + request.getJMSCorrelationID()
                        + (octets == null ? "" : ", as bytes " + HexFormat.of().formatHex(octets)));
                TextMessage answer = session.createTextMessage(request.getText());
                answer.setJMSCorrelationID(correlation(request));
                session.createProducer(request.getJMSReplyTo()).send(answer);
            }
        }
        List<String> heard = new String(application.getInputStream().readAllBytes()).lines().sorted().toList();
        heard.forEach(System.out::println);
        broker.stop();
        boolean same = heard.equals(SEEN);
        System.out.println(same ? "as seen: a correlation-id of octets is null" : "the behaviour has CHANGED");
        System.exit(same ? 0 : 1);
    }
}
JAVA
javac -cp 'lib/*' Finding.java
echo "Artemis $VERSION, rhea $RHEA, Node.js $(node --version), Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
timeout 50 java -XX:TieredStopAtLevel=1 -cp 'lib/*:.' Finding
