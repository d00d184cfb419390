package org.mailchute.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsApartTest {
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    @SuppressWarnings("NullAway.Init") // set before each test
    private BrokerPools pools;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ConnectionFactory routes;

    @BeforeEach
    void start() throws Exception {
        String address = "vm://" + SessionsApartTest.class.getSimpleName().hashCode();
        broker.setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(false)
                        .addAcceptorConfiguration("in", address))
                .start();
        pools = new BrokerPools(new ActiveMQConnectionFactory(address));
        routes = pools.shared();
    }

    @AfterEach
    void stop() throws Exception {
        pools.close();
        broker.stop();
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
