package org.mailchute.border;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.persistence.OperationContext;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerSessionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.protocol.SessionCallback;
import org.jspecify.annotations.Nullable;

/** The connections of each user. Where there are several users, one, or who has its password, does not take all that the port has. */
public final class UserConnections implements ActiveMQServerSessionPlugin {
    /** With all the strangers that there may be, some are left. */
    public static final int MOST = Border.CONNECTIONS - Strangers.MOST_IN_ALL - 10;

    private final String own;
    private final int most;
    private final Supplier<ActiveMQServer> server;

    /** Users by connection, from its first session on. */
    private final Map<Object, String> taken = new HashMap<>();

    /**
     * @param own Mailchute's login, which has no limit
     * @param users how many others there are
     */
    UserConnections(String own, int users, Supplier<ActiveMQServer> server) {
        this.own = own;
        this.most = users < 2 ? Border.CONNECTIONS : MOST;
        this.server = server;
    }

    /** The password was right. */
    @Override
    public synchronized void beforeCreateSession(
            String name,
            @Nullable String user,
            int minLargeMessageSize,
            RemotingConnection connection,
            boolean autoCommitSends,
            boolean autoCommitAcks,
            boolean preAcknowledge,
            boolean xa,
            String defaultAddress,
            SessionCallback callback,
            boolean autoCreateQueues,
            OperationContext context,
            Map<SimpleString, RoutingType> prefixes)
            throws ActiveMQException {
        if (user == null
                || own.equals(user)
                || taken.containsKey(connection.getID())) { // the broker's own have no user
            return;
        }
        taken.keySet().retainAll(open());
        if (taken.values().stream().filter(user::equals).count() >= most) {
            throw new ActiveMQException(
                    "at most " + most + " connections of a user at a time: close those that are not used",
                    ActiveMQExceptionType.SESSION_CREATION_REJECTED);
        }
        taken.put(connection.getID(), user);
    }

    private Set<Object> open() {
        return server.get().getRemotingService().getConnections().stream()
                .map(RemotingConnection::getID)
                .collect(Collectors.toSet());
    }
}
