package org.mailchute.management;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.mailchute.door.Crowd;
import org.mailchute.door.Origin;
import org.mailchute.door.Seldom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections there are; those that keep theirs do not count. Whoever asks at once is answered within milliseconds. */
@Sharable
final class Callers extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private final Crowd<Channel> crowd;
    private final Seldom seldom;

    Callers(ConnectionLimits limits, Clock clock) {
        this.crowd = new Crowd<>(limits.all(), limits.ofOneAddress());
        this.seldom = new Seldom(clock);
    }

    /** It has the token, or has asked for what is answered at once: it does not give way any more. */
    void keep(Channel caller) {
        crowd.leave(caller);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!(context.channel().remoteAddress() instanceof InetSocketAddress remote)) {
            context.close(); // gone already
            return;
        }
        crowd.join(context.channel(), new Origin(remote.getAddress())).ifPresent(this::close);
        context.fireChannelActive();
    }

    private void close(Crowd.GivesWay<Channel> way) {
        seldom.now(way.from().network(), "many").ifPresent(more -> LOG.warn("management: {}{}", way, more));
        way.one().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        crowd.leave(context.channel());
        context.fireChannelInactive();
    }
}
