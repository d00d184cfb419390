package org.mailchute.border;

import java.util.Set;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.ChannelImpl.CHANNEL_ID;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * What is said to the broker's port in Artemis' own protocol, looked at before the broker does. Who has not logged in may say what
 * a login needs, and nothing else. Who has may say no more outside of his sessions: there Artemis asks for no permission, not even
 * to make queues (Artemis 2.55: clustering, federation).
 */
record CoreGuard(Strangers strangers, CoreQueries queries, CoreSizes sizes, Farewell farewell) implements Interceptor {
    /** What Artemis' client says outside of its sessions. */
    private static final Set<Byte> OUTSIDE = Set.of(
            PacketImpl.PING,
            PacketImpl.DISCONNECT,
            PacketImpl.CREATESESSION,
            PacketImpl.CREATESESSION_V2,
            PacketImpl.REATTACH_SESSION,
            PacketImpl.CHECK_FOR_FAILOVER,
            PacketImpl.SUBSCRIBE_TOPOLOGY,
            PacketImpl.SUBSCRIBE_TOPOLOGY_V2);

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (connection.getTransportConnection() instanceof InVMConnection
                || !(connection instanceof CoreRemotingConnection core)) {
            return true;
        }
        boolean outside = packet.getChannelID() < CHANNEL_ID.USER.id;
        if (outside ? !OUTSIDE.contains(packet.getType()) : strangers.has(connection.getID())) {
            end(connection, packet);
            return false;
        }
        return outside ? fresh(packet, core) : inside(packet, core);
    }

    private boolean inside(Packet packet, CoreRemotingConnection connection) {
        Channel channel = connection.getChannel(packet.getChannelID(), -1);
        if (channel.getHandler() == null) {
            channel.close(); // of no session: it is there because it was asked for
            return false;
        }
        return queries.mayPass(packet, connection, channel) && sizes.mayPass(packet, connection, channel);
    }

    /** Nobody takes over a session of an earlier connection, whose name anybody may say: the client makes a new one then. */
    private static boolean fresh(Packet packet, CoreRemotingConnection connection) {
        if (packet.getType() == PacketImpl.REATTACH_SESSION) {
            connection.getChannel(packet.getChannelID(), -1).send(new ReattachSessionResponseMessage(-1, false));
            return false;
        }
        return true;
    }

    private void end(RemotingConnection connection, Packet packet) {
        farewell.say(connection, "packet", "it said something else than a login (packet " + packet.getType() + ")");
    }
}
