package org.mailchute.boot;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
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
        if (channel.remoteAddress() instanceof InetSocketAddress remote) {
            tell(remote.getAddress(), kind, why);
        }
        channel.close();
    }

    /** As above. */
    void say(RemotingConnection connection, String kind, String why) {
        if (connection.getTransportConnection() instanceof NettyServerConnection netty) {
            say(netty.getNettyChannel(), kind, why);
        }
        connection.getTransportConnection().forceClose();
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
