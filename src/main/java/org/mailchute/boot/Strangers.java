package org.mailchute.boot;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerSessionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections at the broker's port that have not logged in: few from one address, not for long, and of Artemis' own protocol
 * they may say what a login needs, and nothing else.
 */
final class Strangers implements ActiveMQServerConnectionPlugin, ActiveMQServerSessionPlugin, Interceptor {
    /** From one address. */
    static final int MOST = 20;

    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    /** What Artemis' client says before its first session is there. */
    private static final Set<Byte> BEFORE_LOGIN = Set.of(
            PacketImpl.PING,
            PacketImpl.DISCONNECT,
            PacketImpl.CREATESESSION,
            PacketImpl.CREATESESSION_V2,
            PacketImpl.CHECK_FOR_FAILOVER,
            PacketImpl.SUBSCRIBE_TOPOLOGY,
            PacketImpl.SUBSCRIBE_TOPOLOGY_V2);

    private final Duration deadline;
    private final Map<Object, String> strangers = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService timer;

    /** @param deadline for the login */
    Strangers(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public void registered(ActiveMQServer server) {
        timer = server.getScheduledPool();
    }

    @Override
    public void afterCreateConnection(RemotingConnection connection) {
        String address = address(connection);
        strangers.put(connection.getID(), address);
        if (strangers.values().stream().filter(address::equals).count() > MOST) {
            end(connection, "there are " + MOST + " from its address that have not logged in");
        }
        Optional.ofNullable(timer)
                .ifPresent(later -> later.schedule(
                        () -> end(connection, "it did not log in within " + deadline.toSeconds() + " s"),
                        deadline.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    /** Unless it has logged in meanwhile, or is gone. */
    private void end(RemotingConnection connection, String why) {
        if (strangers.remove(connection.getID()) != null) {
            LOG.info("a connection from {} to the broker's port is closed: {}", address(connection), why);
            connection.getTransportConnection().forceClose();
        }
    }

    private static String address(RemotingConnection connection) {
        return String.valueOf(connection.getRemoteAddress())
                .replaceFirst("^/", "")
                .replaceFirst(":\\d+$", "");
    }

    /** The broker knows by then who it is. */
    @Override
    public void afterCreateSession(ServerSession session) {
        strangers.remove(session.getRemotingConnection().getID());
    }

    @Override
    public void afterDestroyConnection(RemotingConnection connection) {
        strangers.remove(connection.getID());
    }

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (!strangers.containsKey(connection.getID()) || BEFORE_LOGIN.contains(packet.getType())) {
            return true;
        }
        end(connection, "it said something else than a login (packet " + packet.getType() + ")");
        return false;
    }
}
