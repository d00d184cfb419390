package org.mailchute.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.Ping;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailchute.broker.EmbeddedBroker;
import org.mailchute.credentials.SecretText;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Patience;

/** Connections at the broker's port that have not logged in. */
class StrangersTest {
    private static final String QUEUE = "mail.requests";
    /** SASL over AMQP 1.0 (part 5, 5.3.1): who says it is about to log in. */
    private static final String HELLO = "AMQP\3\1\0\0";

    @TempDir
    Path home;

    private final List<Socket> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws Exception {
        Acceptor.User billing = new Acceptor.User("billing", new SecretText("kX9"), Set.of(QUEUE), Set.of());
        broker = EmbeddedBroker.start(
                home,
                List.of(QUEUE),
                Optional.of(new Acceptor(
                        "127.0.0.1",
                        0,
                        List.of(Acceptor.Protocol.values()),
                        Optional.empty(),
                        100_000,
                        List.of(billing))),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        broker.close();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
        open.add(socket);
        socket.setSoTimeout(Patience.MILLIS);
        return socket;
    }

    private Socket saying(String words) throws IOException {
        Socket socket = connected();
        socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private Socket stranger() throws IOException {
        Socket socket = saying(HELLO);
        assertThat(socket.getInputStream().readNBytes(HELLO.length()))
                .as("it answers")
                .isEqualTo(HELLO.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private JMSContext billing() {
        return new JmsConnectionFactory("amqp://127.0.0.1:" + broker.port()).createContext("billing", "kX9");
    }

    @Test
    void whoDoesNotLogInIsClosedAndWhoDidStays() throws Exception {
        try (LogLines log = LogLines.of(Farewell.class.getName());
                JMSContext application = billing()) {
            application.createProducer().send(application.createQueue(QUEUE), "{}");
            for (Socket silent : List.of(stranger(), connected(), saying("AMQ"))) {
                silent.getInputStream().readAllBytes(); // until it is closed
            }

            assertThat(log.lines())
                    .isNotEmpty()
                    .allMatch(line ->
                            line.contains("127.0.0.1 to the broker's port is closed: it did not log in within 10 s"));
            application.createProducer().send(application.createQueue(QUEUE), "{}");
            await("both are there").until(() -> broker.count(QUEUE) == 2);
        }
    }

    @Test
    void thoseOfOneAddressAreFewAndLoggedInOnesDoNotCount() throws Exception {
        try (LogLines log = LogLines.of(Farewell.class.getName());
                JMSContext application = billing()) {
            application.createProducer().send(application.createQueue(QUEUE), "{}");
            for (int number = 0; number <= Strangers.MOST; number++) {
                connected();
            }
            // which of them comes last at the port is not known
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("there are 20 from its address")));
            application.createProducer().send(application.createQueue(QUEUE), "{}");
        }
    }

    @Test
    void whoSpeaksNoProtocolOfThePortIsClosedAtOnceAndTheLogSaysWhatToDo() throws Exception {
        Map<String, String> told = Map.of(
                "GET / HTTP/1.1\r\n\r\n", "it speaks no protocol of this port (its first octets: GET / HT)",
                "AMQP\0\0\u0009\1", "it speaks AMQP 0.9: use a client for AMQP 1.0",
                "\u0016\u0003\u0001\1\1\1\1\1", "it begins with TLS, and broker.accept has no certificate");
        try (LogLines log = LogLines.of(Farewell.class.getName());
                LogLines artemis = LogLines.of("org.apache.activemq.artemis")) {
            for (String words : told.keySet()) {
                saying(words).getInputStream().readAllBytes(); // until it is closed
            }
            assertThat(log.lines()).hasSize(told.size());
            told.values().forEach(why -> assertThat(log.lines()).anyMatch(line -> line.contains(why)));
            assertThat(artemis.lines()).isEmpty();
        }
    }

    @Test
    @DisplayName("P9: nothing is asked of the broker outside of the sessions of who has logged in")
    void whoHasLoggedInMakesNothingOutsideOfItsSessions() throws Exception {
        try (LogLines log = LogLines.of(Farewell.class.getName());
                ActiveMQConnectionFactory core = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
                ClientSessionFactory factory = core.getServerLocator().createSessionFactory()) {
            factory.createSession("billing", "kX9", false, true, true, false, 0);
            ((CoreRemotingConnection) factory.getConnection())
                    .getChannel(1, -1)
                    .send(new PacketImpl(PacketImpl.SESS_START));

            await("closed").until(() -> log.lines().stream().anyMatch(line -> line.contains("else than a login")));
        }
    }

    @ParameterizedTest(name = "packet {1} on channel {0}")
    @DisplayName("P9: who has not logged in has the channels of a connection, and says there what belongs to a login")
    @CsvSource({"1, 67", "4711, 10"}) // a session's start, a ping
    void artemisOwnClientsLogInAndNothingElseIsTakenBefore(long channel, byte packet) throws Exception {
        try (ActiveMQConnectionFactory core = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
                JMSContext application = core.createContext("billing", "kX9")) {
            application.createProducer().send(application.createQueue(QUEUE), "{}");
        }
        try (LogLines log = LogLines.of(Farewell.class.getName());
                ActiveMQConnectionFactory core = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port());
                ClientSessionFactory factory = core.getServerLocator().createSessionFactory()) {
            ((CoreRemotingConnection) factory.getConnection())
                    .getChannel(channel, -1)
                    .send(packet == PacketImpl.PING ? new Ping(60_000) : new PacketImpl(packet));

            await("closed")
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("something else than a login")));
        }
    }
}
