package org.mailchute.border;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.ChannelHandler;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionBindingQueryMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionQueueQueryMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionQueueQueryResponseMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionQueueQueryResponseMessage_V2;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionQueueQueryResponseMessage_V3;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.QueueQueryResult;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.utils.CompositeAddress;

/**
 * Questions about queues, which Artemis answers to everybody who has logged in, with counts. A user hears of the queues that it may
 * read; of those that it may send to, that they are there; others do not exist for it.
 */
public record CoreQueries(ActiveMQServer server, RemoteUsers users) {
    /** Nobody may make one of that name. */
    private static final SimpleString NONE = SimpleString.of("no such queue");

    /** Whether the broker may answer it; else it is answered. */
    boolean mayPass(Packet packet, CoreRemotingConnection connection, Channel channel) {
        if (packet instanceof SessionQueueQueryMessage query) {
            return queue(query, connection, channel);
        }
        if (packet instanceof SessionBindingQueryMessage query) {
            return address(query, connection, channel);
        }
        return true;
    }

    private boolean queue(SessionQueueQueryMessage query, CoreRemotingConnection connection, Channel channel) {
        String name = CompositeAddress.extractQueueName(query.getQueueName()).toString();
        if (all(connection, users::mayRead, name)) {
            return true;
        }
        Queue queue = all(connection, users::maySend, name) ? server.locateQueue(name) : null;
        if (queue == null) {
            instead(query, new SessionQueueQueryMessage(NONE), channel);
        } else {
            answer(query, withoutCounts(queue), channel);
        }
        return false;
    }

    private boolean address(SessionBindingQueryMessage query, CoreRemotingConnection connection, Channel channel) {
        String name = CompositeAddress.extractAddressName(query.getAddress()).toString();
        if (all(connection, users::mayRead, name) || all(connection, users::maySend, name)) {
            return true;
        }
        instead(query, new SessionBindingQueryMessage(NONE), channel);
        return false;
    }

    private boolean all(CoreRemotingConnection connection, BiPredicate<String, String> may, String queue) {
        return all(
                server.getSessions(String.valueOf(connection.getID())).stream()
                        .map(ServerSession::getValidatedUser)
                        .toList(),
                user -> may.test(user, queue));
    }

    /** A connection may have sessions of several users; one whose last session just ends has none, and may nothing. */
    static boolean all(List<String> users, Predicate<String> may) {
        return !users.isEmpty() && users.stream().allMatch(may);
    }

    private static void instead(Packet query, PacketImpl other, Channel channel) {
        other.setChannelID(query.getChannelID());
        other.setCorrelationID(query.getCorrelationID());
        ChannelHandler session = channel.getHandler();
        if (session != null) { // it has not ended meanwhile
            session.handlePacket(other);
        }
    }

    private static void answer(Packet query, QueueQueryResult result, Channel channel) {
        Packet answer;
        if (channel.supports(PacketImpl.SESS_QUEUEQUERY_RESP_V3)) {
            answer = new SessionQueueQueryResponseMessage_V3(result);
        } else if (channel.supports(PacketImpl.SESS_QUEUEQUERY_RESP_V2)) {
            answer = new SessionQueueQueryResponseMessage_V2(result);
        } else {
            answer = new SessionQueueQueryResponseMessage(result);
        }
        answer.setCorrelationID(query.getCorrelationID());
        channel.send(answer);
    }

    private QueueQueryResult withoutCounts(Queue queue) {
        int window = server.getAddressSettingsRepository()
                .getMatch(queue.getAddress().toString())
                .getDefaultConsumerWindowSize();
        return new QueueQueryResult(queue.getQueueConfiguration(), 0, 0, false, true, window);
    }
}
