package org.mailchute.border;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.mailchute.door.Seldom;
import org.mailchute.intake.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a connection to the broker's port, and says why: seldom, since whoever is closed may come again at once. */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final Seldom seldom;

    Farewell(Clock clock) {
        this.seldom = new Seldom(clock);
    }

    /**
     * Closes it.
     *
     * @param kind of reason, one of a few
     * @param why may hold what a stranger said
     */
    void say(Channel channel, String kind, String why) {
        address(channel).ifPresent(from -> tell(from, kind, why));
        channel.close();
    }

    /** As above. */
    void say(RemotingConnection connection, String kind, String why) {
        address(connection).ifPresent(from -> tell(from, kind, why));
        connection.getTransportConnection().forceClose();
    }

    /** Where it comes from; empty for one within the process, or that is gone. */
    static Optional<InetAddress> address(RemotingConnection connection) {
        return connection.getTransportConnection() instanceof NettyServerConnection netty
                ? address(netty.getNettyChannel())
                : Optional.empty();
    }

    private static Optional<InetAddress> address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? Optional.of(remote.getAddress())
                : Optional.empty();
    }

    private void tell(InetAddress from, String kind, String why) {
        seldom.now(from, kind)
                .ifPresent(more -> LOG.info(
                        "a connection from {} to the broker's port is closed: {}{}",
                        from.getHostAddress(),
                        Shown.line(why),
                        more));
    }
}
