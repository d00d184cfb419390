package org.mailchute.broker;

import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/** What JMS has no words for, asked of a broker elsewhere; one connection, made anew when it was lost. */
final class ArtemisSession implements AutoCloseable {
    private static final String MANAGEMENT = "activemq.management";
    private static final long PATIENCE_MS = 10_000;

    private final ActiveMQConnectionFactory factory;
    private @Nullable ClientSession open;

    ArtemisSession(ActiveMQConnectionFactory factory) {
        this.factory = factory;
    }

    private synchronized ClientSession session() throws ActiveMQException {
        ClientSession last = open;
        if (last != null && !last.isClosed()) {
            return last;
        }
        try {
            ClientSession session = factory.getServerLocator()
                    .createSessionFactory()
                    .createSession(factory.getUser(), factory.getPassword(), false, true, true, false, 0);
            session.start();
            open = session;
            return session;
        } catch (ActiveMQException e) {
            throw e;
        } catch (Exception e) {
            throw new ActiveMQException(e.getMessage(), e, null);
        }
    }

    /** Makes a queue that is not there yet; one that the broker itself made may vanish when it is empty. */
    synchronized void ensure(String queue) throws ActiveMQException {
        if (!session().queueQuery(SimpleString.of(queue)).isExists()) {
            session()
                    .createQueue(QueueConfiguration.of(queue)
                            .setAddress(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)
                            .setAutoDelete(false));
        }
    }

    /** Whether the broker removes the queue when it is empty and unread. */
    synchronized boolean vanishes(String queue) throws ActiveMQException {
        return Boolean.TRUE.equals(session().queueQuery(SimpleString.of(queue)).isAutoDelete());
    }

    /** Messages, those for a later time included; -1 for no such queue. */
    synchronized long count(String queue) throws ActiveMQException {
        ClientSession.QueueQuery found = session().queueQuery(SimpleString.of(queue));
        return found.isExists() ? Math.max(0, found.getMessageCount()) : -1;
    }

    /** The address settings in force, as JSON. */
    String addressSettings(String address) throws Exception {
        return String.valueOf(ask(ResourceNames.BROKER, "getAddressSettingsAsJSON", address));
    }

    /** The broker's version such as {@code 2.55.0}; empty where it does not tell. */
    Optional<String> version() {
        try {
            return Optional.of(String.valueOf(ask(ResourceNames.BROKER, "getVersion")));
        } catch (Exception e) {
            return Optional.empty(); // those who may not ask are told so with the address settings
        }
    }

    /** Who of its cluster is there now, backups beside their brokers, as JSON. */
    String topology() throws Exception {
        return String.valueOf(ask(ResourceNames.BROKER, "listNetworkTopology"));
    }

    /** Whether duplicate detection survives a restart of the broker. */
    boolean remembersDuplicates() throws Exception {
        return Boolean.TRUE.equals(ask(ResourceNames.BROKER, "isPersistIDCache"));
    }

    /** @throws ActiveMQException among others when the user may not manage */
    private synchronized Object ask(String resource, String operation, Object... parameters) throws Exception {
        try (ClientRequestor requestor = new ClientRequestor(session(), MANAGEMENT)) {
            ClientMessage question = session().createMessage(false);
            ManagementHelper.putOperationInvocation(question, resource, operation, parameters);
            ClientMessage answer = requestor.request(question, PATIENCE_MS);
            if (answer == null) {
                throw new ActiveMQNonExistentQueueException("no answer from " + MANAGEMENT);
            }
            Object result = ManagementHelper.getResult(answer);
            if (!ManagementHelper.hasOperationSucceeded(answer)) {
                throw new ActiveMQException(String.valueOf(result));
            }
            return result == null ? "" : result;
        }
    }

    @Override
    public synchronized void close() {
        ClientSession last = open;
        if (last != null) {
            try {
                last.close();
            } catch (ActiveMQException e) {
                open = null; // it was lost already
            }
            last.getSessionFactory().close();
        }
    }
}
