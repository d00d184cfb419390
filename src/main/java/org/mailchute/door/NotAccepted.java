package org.mailchute.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that the system did not give us, mostly as no file handle is free. Told once a minute at most; it waits in the system
 * until a server that paused asks again. At the end of a Netty server's pipeline, where Netty would print where it came from.
 */
public final class NotAccepted extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(NotAccepted.class);

    private final String server;
    private final Seldom seldom;

    /** @param server as the log calls it */
    public NotAccepted(String server, Clock clock) {
        this.server = server;
        this.seldom = new Seldom(clock);
    }

    public void tell(Throwable why) {
        seldom.now(InetAddress.getLoopbackAddress(), "accept")
                .ifPresent(more -> LOG.warn(
                        "{}: a connection cannot be accepted now ({}){}: it waits; if no file handle is free, give the process"
                                + " more (ulimit -n, LimitNOFILE of systemd) or let fewer come at a time",
                        server,
                        why.getMessage(),
                        more));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        tell(cause);
    }
}
