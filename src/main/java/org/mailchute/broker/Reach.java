package org.mailchute.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.client.FailoverEventType;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.mailchute.intake.Shown;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.messaginghub.pooled.jms.pool.PooledConnectionKey;

/**
 * Whether the broker could be reached the last time that this was tried. Nobody tries for this alone: who loses a connection tries each second
 * to have another, and a broker that hangs is lost when the client's own patience ends.
 */
final class Reach {
    private static final String LOST = "its connection was lost";

    private volatile Optional<String> fault = Optional.empty();

    /** Why it cannot be reached now, as its client says; empty when it can. */
    Optional<String> fault() {
        return fault;
    }

    /** Connections of such a pool tell. */
    JmsPoolConnectionFactory pool() {
        return new JmsPoolConnectionFactory() {
            @Override
            protected Connection createProviderConnection(PooledConnectionKey key) throws JMSException {
                try {
                    Connection made = super.createProviderConnection(key);
                    fault = Optional.empty();
                    watch(made);
                    return made;
                } catch (JMSException e) {
                    fault = Optional.of(Shown.line(String.valueOf(e.getMessage())));
                    throw e;
                }
            }
        };
    }

    /**
     * An Artemis client may be told by its URL to connect again by itself ({@code reconnectAttempts}): its users see nothing of it. Where it
     * does not, or gives up, they do.
     */
    private void watch(Connection connection) throws JMSException {
        if (connection instanceof ActiveMQConnection artemis) {
            artemis.setFailoverListener(event -> fault = event == FailoverEventType.FAILURE_DETECTED
                    ? Optional.of(LOST)
                    : fault.filter(known -> !known.equals(LOST)));
        }
    }
}
