package org.mailchute.management;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.mailchute.credentials.CredentialException;
import org.mailchute.credentials.TlsSource;
import org.mailchute.door.NotAccepted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages by HTTP/1.1, one request a connection. What a person asks for and what a probe asks for have threads apart, so that a page
 * that waits keeps no probe waiting.
 */
public final class HttpPages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPages.class);
    private static final String NAME = "mailchute-management";
    private static final int THREADS = 4;

    /** Octets of a form. */
    private static final int MOST_CONTENT = 16 * 1024;

    private final ConnectionLimits limits;
    private final Clock clock;
    private final Map<String, Served> pages = new ConcurrentHashMap<>();
    private volatile Page otherwise = request -> Response.line(404, "no such page");
    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory(NAME, true));
    private final ExecutorService probes;
    private final ExecutorService people;

    public HttpPages(ConnectionLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        probes = threads(NAME + "-health", 1);
        people = threads(NAME + "-page", THREADS);
    }

    private ExecutorService threads(String name, int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(limits.all()),
                new DefaultThreadFactory(name, true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private record Served(Page page, Executor thread, Optional<Function<Request, Optional<Response>>> guard) {
        Optional<Response> refusal(Request request) {
            return guard.flatMap(asks -> asks.apply(request));
        }
    }

    /** For all who can connect, answered apart from other pages, and at once: whoever has asked keeps the connection until then. */
    public void health(String path, Page page) {
        pages.put(path, new Served(page, probes, Optional.empty()));
    }

    /** For all who can connect. */
    public void open(String path, Page page) {
        pages.put(path, new Served(page, people, Optional.empty()));
    }

    /**
     * For some only; who is one of them keeps the connection however many come.
     *
     * @param guard the answer to a request that may not have the page; it must not wait
     */
    public void guarded(String path, Function<Request, Optional<Response>> guard, Page page) {
        pages.put(path, new Served(page, people, Optional.of(guard)));
    }

    /** For what there is no page for; it must not wait. */
    void otherwise(Page page) {
        otherwise = page;
    }

    /**
     * From now on there are answers.
     *
     * @param address port 0 for any free one
     * @param tls what it shows; empty to talk without
     * @return the address that it has
     * @throws IOException when this cannot be had
     */
    public InetSocketAddress listen(InetSocketAddress address, Optional<TlsSource> tls) throws IOException {
        Callers callers = new Callers(limits, clock);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(callers);
                        secure(channel, tls);
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MOST_CONTENT),
                                        new Call(limits, HttpPages.this::serve));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        bound.channel().pipeline().addLast(new NotAccepted("management", clock));
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private static void secure(Channel channel, Optional<TlsSource> tls) {
        if (tls.isEmpty()) {
            return;
        }
        try {
            SSLEngine engine = tls.get().context().createSSLEngine();
            engine.setUseClientMode(false);
            channel.pipeline().addLast(new SslHandler(engine));
        } catch (CredentialException e) {
            LOG.debug("management: there is no certificate", e); // the source has told
            channel.close();
        }
    }

    private void serve(Call.Caller caller, Request request) {
        Served served = pages.get(request.path());
        if (served == null) {
            caller.answer().accept(answer(otherwise, request));
            return;
        }
        Optional<Response> refusal = served.refusal(request);
        if (refusal.isPresent()) {
            caller.answer().accept(refusal.get());
            return;
        }
        if (served.guard().isPresent() || served.thread() == probes) {
            caller.staying().run();
        }
        run(served, caller, request);
    }

    private static void run(Served served, Call.Caller caller, Request request) {
        try {
            served.thread().execute(() -> caller.answer().accept(answer(served.page(), request)));
        } catch (RejectedExecutionException e) {
            caller.answer().accept(Response.line(503, "too many ask now: ask again"));
        }
    }

    private static Response answer(Page page, Request request) {
        try {
            return page.answer(request);
        } catch (Exception
                | LinkageError
                | StackOverflowError e) { // unanswered, who asks would wait a minute for nothing
            LOG.warn("management: {} failed", request.path(), e);
            return Response.line(500, "failed, see the log");
        }
    }

    @Override
    public void close() {
        people.shutdownNow();
        probes.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
