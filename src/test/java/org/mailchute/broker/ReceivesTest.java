package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceivesTest {
    private static final String QUEUE = "a.lane";
    /** Longer than anybody waits for a test. */
    private static final long LONG = Duration.ofHours(1).toMillis();

    @SuppressWarnings("NullAway.Init") // set before each test
    private MemoryBroker broker;

    @SuppressWarnings("NullAway.Init") // set before each test
    private BrokerPools pools;

    @BeforeEach
    void start() throws Exception {
        broker = MemoryBroker.of(ReceivesTest.class);
        pools = broker.pools();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
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
        assertThat(broker.server().locateQueue(QUEUE).getMessageCount()).isZero();
    }
}
