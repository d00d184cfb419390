package org.mailchute.border;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ActiveMQExceptionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ActiveMQExceptionMessage_V2;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionSendContinuationMessage;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Large messages in Artemis' own protocol, counted while they come in parts. One that is larger than is taken ends there for the
 * broker, which refuses it and deletes its file; what the client still sends of it is dropped, and its last part is answered with
 * the reason. Who goes on as long again is cut.
 */
final class CoreSizes implements ActiveMQServerConnectionPlugin {
    /** Artemis' name of it. */
    private static final String DECODER = "activemq-decoder";

    private final MessageSizes allowance;
    private final Strangers strangers;
    private final Farewell farewell;

    /** By connection, then by session's channel: a session sends one at a time. */
    private final Map<Object, Map<Long, Incoming>> incoming = new ConcurrentHashMap<>();

    CoreSizes(MessageSizes allowance, Strangers strangers, Farewell farewell) {
        this.allowance = allowance;
        this.strangers = strangers;
        this.farewell = farewell;
    }

    /** @param fault empty while it is taken */
    private record Incoming(long bytes, Optional<String> fault) {
        static final Incoming NEW = new Incoming(0, Optional.empty());
    }

    /** Artemis' own decoder takes packets of two gigabytes, before a login, too. */
    @Override
    public void afterCreateConnection(RemotingConnection connection) {
        if (connection instanceof CoreRemotingConnection
                && connection.getTransportConnection() instanceof NettyServerConnection netty) {
            netty.getNettyChannel()
                    .pipeline()
                    .replace(
                            DECODER,
                            DECODER,
                            new CoreFrames(allowance.maxAmqpBytes(), () -> strangers.has(connection.getID())));
        }
    }

    /** Whether the broker may have it. */
    boolean mayPass(Packet packet, CoreRemotingConnection connection, Channel channel) {
        if (packet.getType() == PacketImpl.SESS_SEND_LARGE) {
            of(connection).remove(packet.getChannelID());
        }
        return !(packet instanceof SessionSendContinuationMessage part) || mayPass(part, connection, channel);
    }

    private boolean mayPass(SessionSendContinuationMessage part, CoreRemotingConnection connection, Channel channel) {
        Map<Long, Incoming> ofSessions = of(connection);
        Incoming before = ofSessions.getOrDefault(part.getChannelID(), Incoming.NEW);
        Incoming now = with(before, part.getBody().length);
        if (part.isContinues()) {
            ofSessions.put(part.getChannelID(), now);
        } else {
            ofSessions.remove(part.getChannelID());
        }
        if (before.fault().isPresent()) {
            drop(part, now, connection, channel);
            return false;
        }
        if (now.fault().isPresent() && part.isContinues()) {
            channel.getHandler().handlePacket(last(part.getBody(), now.bytes()));
            return false;
        }
        return true;
    }

    private Incoming with(Incoming before, int more) {
        long bytes = before.bytes() + more;
        return new Incoming(bytes, before.fault().or(() -> allowance.tooLarge(false, bytes)));
    }

    private Map<Long, Incoming> of(RemotingConnection connection) {
        return incoming.computeIfAbsent(connection.getID(), id -> new ConcurrentHashMap<>());
    }

    /** Says itself how much came, so that {@link RemoteGuard} cannot but refuse it. */
    private static SessionSendContinuationMessage last(byte[] body, long bytes) {
        return new SessionSendContinuationMessage(null, body, false, false, bytes, null) {
            @Override
            public int getPacketSize() {
                return body.length;
            }
        };
    }

    private void drop(
            SessionSendContinuationMessage part, Incoming now, CoreRemotingConnection connection, Channel channel) {
        if (now.bytes() > 2 * allowance.maxBytes()) {
            farewell.say(connection, "size", "it goes on with a message that was refused");
        } else if (!part.isContinues() && part.isRequiresResponse()) {
            channel.send(refusal(part, now.fault().orElseThrow()));
        }
    }

    private static Packet refusal(Packet part, String fault) {
        ActiveMQException why = new ActiveMQException(fault, ActiveMQExceptionType.ILLEGAL_STATE);
        return part.isResponseAsync()
                ? new ActiveMQExceptionMessage_V2(part.getCorrelationID(), why)
                : new ActiveMQExceptionMessage(why);
    }

    @Override
    public void afterDestroyConnection(RemotingConnection connection) {
        incoming.remove(connection.getID());
    }
}
