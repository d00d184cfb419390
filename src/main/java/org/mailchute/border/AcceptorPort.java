package org.mailchute.border;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.mailchute.door.NotAccepted;

/**
 * The broker's port. Artemis' own acceptor neither counts nor watches who has not said eight octets yet, and lets him in who says
 * anything else than a protocol it has. So the port is ours: a connection goes on to Artemis when its first octets fit.
 */
final class AcceptorPort implements AutoCloseable {
    /** Each may serve many connections. */
    private static final int THREADS = 4;

    private static final int QUIET_MS = 0;
    private static final int PATIENCE_MS = 3_000;

    private final EventLoopGroup threads =
            new NioEventLoopGroup(THREADS, new DefaultThreadFactory("mailchute-broker-port", true));
    private final Channel server;

    /**
     * Opens the port.
     *
     * @param broker takes over whoever may come in; has no port of its own
     */
    AcceptorPort(Acceptor acceptor, NettyAcceptor broker, Strangers strangers, Clock clock) {
        server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws Exception {
                        strangers.came(channel);
                        if (acceptor.certificate().isPresent()) {
                            InetSocketAddress peer = channel.remoteAddress();
                            channel.pipeline()
                                    .addLast(broker.getSslHandler(
                                            channel.alloc(), peer.getAddress().getHostAddress(), peer.getPort()));
                        }
                        channel.pipeline().addLast(new FirstOctets(acceptor, broker, strangers));
                    }
                })
                .bind(acceptor.bind(), acceptor.port())
                .syncUninterruptibly()
                .channel();
        server.pipeline().addLast(new NotAccepted("broker.accept", clock));
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** From now on nobody comes in; those who are in stay. */
    void shut() {
        server.close().syncUninterruptibly();
    }

    /** After the broker has ended its connections. */
    @Override
    public void close() {
        threads.shutdownGracefully(QUIET_MS, PATIENCE_MS, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
