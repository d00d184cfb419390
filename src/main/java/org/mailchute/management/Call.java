package org.mailchute.management;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one request, its answer, and the end, each within its time, however slowly the octets come or are taken. */
final class Call extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final ConnectionLimits limits;
    private final BiConsumer<Caller, Request> pages;
    private @Nullable Future<?> deadline;
    private boolean asked;

    /** @param pages answers a request; on Netty's thread, so it must not wait */
    Call(ConnectionLimits limits, BiConsumer<Caller, Request> pages) {
        this.limits = limits;
        this.pages = pages;
    }

    /**
     * Who asked.
     *
     * @param answer takes the answer, on any thread
     * @param staying to be told on Netty's thread that it does not give way to others any more
     */
    record Caller(Consumer<Response> answer, Runnable staying) {}

    @Override
    public void channelActive(ChannelHandlerContext context) {
        endIn(limits.asking(), context);
        context.fireChannelActive();
    }

    private void endIn(Duration time, ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = context.executor().schedule(() -> context.close(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (asked) {
            return; // sent behind the first one, whose answer is the last thing said here
        }
        asked = true;
        context.channel().config().setAutoRead(false);
        endIn(limits.answering(), context);
        answer(context, request);
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request) {
        Caller caller = new Caller(
                answer -> send(context, answer),
                () -> context.pipeline().get(Callers.class).keep(context.channel()));
        if (request.decoderResult().isFailure()) {
            send(context, Response.line(400, "this is no request, or too long a one"));
            return;
        }
        try {
            pages.accept(
                    caller,
                    Request.of(request, ((InetSocketAddress) context.channel().remoteAddress()).getAddress()));
        } catch (IllegalArgumentException e) {
            send(context, Response.line(400, "this is no address of a page"));
        }
    }

    private void send(ChannelHandlerContext context, Response answer) {
        if (answer.live().isPresent()) {
            context.executor().execute(() -> goOn(context, answer, answer.live().get()));
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), Unpooled.wrappedBuffer(body));
        head(response, answer).setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static HttpHeaders head(HttpResponse response, Response answer) {
        answer.headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
        return response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }

    /** No end is told: a browser asks again when the connection ends, and is asked again who it is. */
    private void goOn(ChannelHandlerContext context, Response answer, Consumer<LiveEvents> live) {
        endIn(limits.live(), context);
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        head(response, answer).set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        context.writeAndFlush(response);
        context.channel().config().setAutoRead(true); // else nobody sees that the browser has left
        live.accept(new LiveEvents(context.channel()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("management: a connection broke", cause);
        context.close();
    }
}
