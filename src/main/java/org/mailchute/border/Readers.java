package org.mailchute.border;

import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConsumerPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers and browsers that one user has open: each costs memory, and Artemis sets them no limit but the sessions'.
 *
 * @param own Mailchute's login, which has no limit
 */
public record Readers(String own, Supplier<ActiveMQServer> server) implements ActiveMQServerConsumerPlugin {
    /** Of one user; five for each session that it may have. */
    public static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    @Override
    public void afterCreateConsumer(ServerConsumer consumer) throws ActiveMQException {
        ServerSession session = server.get().getSessionByID(consumer.getSessionID());
        String user = session == null ? null : session.getUsername(); // the broker's own have none
        if (user == null || own.equals(user) || open(user) <= MOST) {
            return;
        }
        end(consumer);
        throw new ActiveMQException(
                "at most " + MOST + " consumers and browsers at a time: close those that are not used",
                ActiveMQExceptionType.ILLEGAL_STATE);
    }

    private int open(String user) {
        return server.get().getSessions().stream()
                .filter(session -> user.equals(session.getUsername()))
                .mapToInt(ServerSession::getConsumerCount)
                .sum();
    }

    private static void end(ServerConsumer consumer) {
        try {
            consumer.close(false);
        } catch (Exception e) {
            LOG.warn("a consumer too many stays until its session ends: {}", e.toString());
        }
    }
}
