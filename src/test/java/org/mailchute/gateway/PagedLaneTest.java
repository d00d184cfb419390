package org.mailchute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailchute.broker.EmbeddedBroker;
import org.mailchute.testing.Patience;

/** A lane's queue of which a part waits on disk, in a broker with the memory of a small heap. */
class PagedLaneTest {
    private static final long SMALL_HEAP = 64L << 20;
    private static final int LATER = 5_000;
    private static final String LANE = "mailchute.relay.connector";

    @TempDir
    Path home;

    @Test
    @DisplayName("P1: what comes after a restart leaves, whatever an older version scheduled in its lane before")
    void aPagedQueueIsReadOnAfterARestartThoughThousandsAreScheduled() throws Exception {
        try (EmbeddedBroker broker = open();
                ActiveMQConnectionFactory factory = broker.factory();
                JMSContext session = factory.createContext(JMSContext.SESSION_TRANSACTED)) {
            Queue lane = session.createQueue(LANE);
            for (int number = 0; number < LATER; number++) {
                Message later = session.createTextMessage("later " + "-".repeat(200));
                later.setLongProperty("_AMQ_SCHED_DELIVERY", Clock.systemUTC().millis() + 3_600_000);
                session.createProducer().send(lane, later);
            }
            session.commit();
        }
        try (EmbeddedBroker broker = open();
                ActiveMQConnectionFactory factory = broker.factory();
                JMSContext session = factory.createContext(JMSContext.SESSION_TRANSACTED);
                JMSConsumer consumer = session.createConsumer(session.createQueue(LANE))) {
            session.createProducer().send(session.createQueue(LANE), "fresh");
            session.commit();
            assertThat(consumer.receiveBody(String.class, Patience.MILLIS)).isEqualTo("fresh");
            session.commit();
        }
    }

    private EmbeddedBroker open() throws Exception {
        return EmbeddedBroker.start(
                home, List.of(LANE, "mailchute.dead-letters"), Optional.empty(), SMALL_HEAP, Clock.systemUTC());
    }
}
