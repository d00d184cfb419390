package org.mailchute.border;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerSessionPlugin;
import org.mailchute.door.Origin;

/**
 * Connections at the broker's port that have not logged in, from the moment they are there, whatever they say or do not say: few
 * from one address, not many in all, and not for long.
 */
final class Strangers implements ActiveMQServerSessionPlugin {
    /** From one address. */
    static final int MOST = 20;

    /** From all addresses: half of the connections that the port has. */
    static final int MOST_IN_ALL = Border.CONNECTIONS / 2;

    static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Duration deadline;
    private final Farewell farewell;

    /** By channel. */
    private final Map<Object, Origin> strangers = new ConcurrentHashMap<>();

    /** @param deadline for the login */
    Strangers(Duration deadline, Farewell farewell) {
        this.deadline = deadline;
        this.farewell = farewell;
    }

    /** Somebody has connected. */
    void came(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            channel.close(); // gone already
            return;
        }
        Origin from = new Origin(remote.getAddress());
        strangers.put(channel.id(), from);
        channel.closeFuture().addListener(closed -> strangers.remove(channel.id()));
        if (strangers.values().stream().filter(from::equals).count() > MOST) {
            end(channel, "many", "there are " + MOST + " from its address that have not logged in");
        } else if (strangers.size() > MOST_IN_ALL) {
            end(channel, "many", "there are " + MOST_IN_ALL + " that have not logged in");
        } else {
            channel.eventLoop()
                    .schedule(
                            () -> end(channel, "late", "it did not log in within " + deadline.toSeconds() + " s"),
                            deadline.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Unless it has logged in meanwhile, or is gone.
     *
     * @param kind of reason, one of a few
     */
    void end(Channel channel, String kind, String why) {
        if (strangers.remove(channel.id()) != null) {
            farewell.say(channel, kind, why);
        }
    }

    /** @param connection Artemis' id of it, which is that of its channel */
    boolean has(Object connection) {
        return strangers.containsKey(connection);
    }

    /** The broker knows by then who it is. */
    @Override
    public void afterCreateSession(ServerSession session) {
        strangers.remove(session.getRemotingConnection().getID());
    }
}
