package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsApartTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private MemoryBroker broker;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ConnectionFactory routes;

    @BeforeEach
    void start() throws Exception {
        broker = MemoryBroker.of(SessionsApartTest.class);
        routes = broker.pools().shared();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void theBrokerIsAskedOnceForAQueueOfOursAndNoQueueOfOthersIsKept() throws Exception {
        assertThat(queue("mailchute.events").getQueueName()).isEqualTo("mailchute.events");
        assertThat(queue("mailchute.events")).isSameAs(queue("mailchute.events"));
        assertThat(queue("answers.1")).isEqualTo(queue("answers.1")).isNotSameAs(queue("answers.1"));
    }

    /** As each message has it: by a session that is then given back. */
    private Queue queue(String name) throws JMSException {
        try (Connection connection = routes.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            return session.createQueue(name);
        }
    }
}
