package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailchute.gateway.Letters;
import org.mailchute.gateway.OtherMachine;
import org.mailchute.gateway.Stumbling;
import org.mailchute.gateway.Town;
import org.mailchute.testing.Certificates;
import org.mailchute.testing.LogLines;
import org.mailchute.testing.Patience;

/** Messages that the broker's client cannot read: that it fails is our own doing here. */
class ReceptionTest {
    private static final String ODD = "odd";
    private static final String QUEUE = "mail.requests";
    private static final String ASIDE = "mailchute.undeliverable";
    private static final String LANE = "mailchute.submission.mailbox";
    private static final int ATTEMPTS = 3;

    @RegisterExtension
    final Town town = new Town();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Certificates authority;

    @SuppressWarnings("NullAway.Init") // set before each test
    private OtherMachine machine;

    @BeforeEach
    void open() throws Exception {
        authority = new Certificates();
        String settings = Files.readString(OtherMachine.FRAGMENT)
                .replace("max-delivery-attempts>10<", "max-delivery-attempts>" + ATTEMPTS + "<")
                .replace("redelivery-delay>1000<", "redelivery-delay>0<");
        machine = OtherMachine.with(town.root().resolve("other"), authority, settings)
                .start();
    }

    @AfterEach
    void close() throws Exception {
        town.stop();
        machine.close();
    }

    private long count(String queue) {
        return machine.server().locateQueue(queue).getMessageCount();
    }

    private String trust() throws Exception {
        return authority.trustStore(town.root(), "secret").toString();
    }

    /** Clients whose consumers cannot read what is marked. */
    public static final class StumblingQpid extends JmsConnectionFactory {
        @Override
        public Connection createConnection() throws JMSException {
            return Stumbling.over(super.createConnection());
        }

        @Override
        public Connection createConnection(String user, String password) throws JMSException {
            return Stumbling.over(super.createConnection(user, password));
        }
    }

    /** Likewise. */
    public static final class StumblingArtemis extends ActiveMQConnectionFactory {
        private static final long serialVersionUID = 1;

        @Override
        public Connection createConnection() throws JMSException {
            return Stumbling.over(super.createConnection());
        }

        @Override
        public Connection createConnection(String user, String password) throws JMSException {
            return Stumbling.over(super.createConnection(user, password));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Qpid", "Artemis"})
    @DisplayName(
            "P7: a message that cannot be read is set aside by the broker, is told of once, and holds up nobody's request")
    void whatCannotBeReadIsSetAside(String client) throws Exception {
        String properties = client.equals("Qpid")
                ? "remoteURI=amqps://localhost:%d?jms.prefetchPolicy.all=0&transport.trustStoreType=PKCS12&transport.trustStorePassword=secret&transport.trustStoreLocation=%s"
                : "brokerURL=tcp://localhost:%d?sslEnabled=true;consumerWindowSize=0;trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath=%s";
        town.withBroker(
                        "factory: {class: \"%s$Stumbling%s\", properties: [\"%s\"]}, user: gateway, password: \"${file:%s}\""
                                .formatted(
                                        ReceptionTest.class.getName(),
                                        client,
                                        properties.formatted(machine.port(), trust()),
                                        Files.writeString(town.root().resolve("password"), "gateway-secret")))
                .start();
        try (LogLines log = LogLines.of("org.mailchute.broker.Reception");
                JMSContext application = town.gateway().broker().createContext()) {
            for (String queue : List.of(QUEUE, QUEUE, QUEUE, QUEUE, QUEUE, LANE, Queues.EVENTS)) {
                Message odd = application.createTextMessage("{}");
                odd.setBooleanProperty(ODD, true);
                application.createProducer().send(application.createQueue(queue), odd);
            }
            town.publish(Letters.letter("buyer@fabrikam.example"));

            town.awaitReceived(1);
            await("all five").until(() -> count(ASIDE) == 5 && count(QUEUE) == 0);
            await("a lane's and an event").until(() -> count(Queues.DEAD_LETTERS) == 2);
            await("events are read").until(() -> count(Queues.EVENTS) == 0 && count(LANE) == 0);
            town.awaitEmptySpool();
            assertThat(town.metrics())
                    .as("each attempt is counted")
                    .containsPattern("mailchute_receptions_failed_total\\{source=\"jms:applications\"} [1-9]");
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains(
                            "intake applications cannot read a message of its queue (java.lang.IllegalStateException: our own doing)");
        }
    }

    /** As Artemis' client fails: before it has acknowledged anything. */
    @Test
    void whatWasNotAcknowledgedIsCountedAsAnAttemptToo() throws Exception {
        Reception reception = new Reception("applications", "aside", Clock.systemUTC());
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://localhost:" + machine.port()
                        + "?sslEnabled=true;trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath="
                        + trust());
                Connection connection = factory.createConnection("gateway", "gateway-secret");
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            session.createProducer(session.createQueue(QUEUE)).send(session.createTextMessage("{}"));
            session.commit();
            ClientConsumer consumer =
                    ((ActiveMQSession) session).getCoreSession().createConsumer(QUEUE);
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Object nothing = receive(reception, session, () -> {
                    assertThat(consumer.receive(Patience.MILLIS)).isNotNull();
                    throw new IllegalStateException("our own doing");
                });
                assertThat(nothing).isNull();
                assertThat(reception.standing()).as("it could not receive").isTrue();
            }
            await("set aside").until(() -> count(ASIDE) == 1 && count(QUEUE) == 0);
            assertThat(reception.unread()).isEqualTo(ATTEMPTS);

            receive(reception, session, () -> consumer.receiveImmediate());

            assertThat(reception.standing()).isFalse();
        }
    }

    private static @Nullable Object receive(Reception reception, Session session, Receives.Receive receive) {
        try {
            return reception.of(session, receive);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
