package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceivesTest {
    private static final String QUEUE = "a.lane";
    /** Longer than anybody waits for a test. */
    private static final long LONG = Duration.ofHours(1).toMillis();

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    @SuppressWarnings("NullAway.Init") // set before each test
    private BrokerPools pools;

    @BeforeEach
    void start() throws Exception {
        String address = "vm://" + ReceivesTest.class.getSimpleName().hashCode();
        broker.setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(false)
                        .addAcceptorConfiguration("in", address))
                .start();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(address);
        factory.setConsumerWindowSize(0);
        pools = new BrokerPools(factory);
    }

    @AfterEach
    void stop() throws Exception {
        pools.close();
        broker.stop();
    }

    @Test
    void whoWaitsForAMessageIsWokenAtTheEndAndNobodyWaitsAgain() throws Exception {
        try (Connection connection = pools.shared().createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE))) {
            FutureTask<Message> receive = new FutureTask<>(() -> consumer.receive(LONG));
            Thread thread = new Thread(receive, "receive");
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

            pools.endReceiving();

            assertThat(receive.get()).isNull();
            assertThat(consumer.receive(LONG)).isNull();
        }
    }

    @Test
    void whatWasReceivedBeforeTheEndIsHandledAndCommitted() throws Exception {
        try (Connection connection = pools.shared().createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE))) {
            session.createProducer(session.createQueue(QUEUE)).send(session.createTextMessage("one"));
            session.commit();
            assertThat(consumer.receive(LONG)).isNotNull();

            pools.endReceiving();
            session.commit();
        }
        assertThat(broker.getActiveMQServer().locateQueue(QUEUE).getMessageCount())
                .isZero();
    }
}
