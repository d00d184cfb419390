package org.mailchute.border;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.mailchute.border.Acceptor.Protocol;

/** What a connection to the broker's port says first: a protocol that the port speaks, or it goes no further. */
final class FirstOctets extends ByteToMessageDecoder {
    /** Of each protocol's first words. */
    private static final int LENGTH = 8;

    private static final String CORE = "ARTEMIS";
    private static final String AMQP = "AMQP";

    /** Of AMQP 1.0 (part 2, 2.2): what the port speaks is the answer to another version. */
    private static final String AMQP_HERE = "AMQP\0\1\0\0";

    /** Of a TLS record with a handshake in it (RFC 8446 section 5.1). */
    private static final String TLS = "\u0016\u0003";

    private final Acceptor acceptor;
    private final NettyAcceptor broker;
    private final Strangers strangers;

    FirstOctets(Acceptor acceptor, NettyAcceptor broker, Strangers strangers) {
        this.acceptor = acceptor;
        this.broker = broker;
        this.strangers = strangers;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH) {
            return;
        }
        String said = in.toString(in.readerIndex(), LENGTH, ISO_8859_1);
        Optional<String> fault = fault(said).or(this::full);
        if (fault.isPresent()) {
            in.skipBytes(in.readableBytes());
            refuse(context, said, fault.get());
        } else {
            broker.transfer(context.channel());
            context.pipeline().remove(this); // which hands on what was read
        }
    }

    /** Artemis would fail in its own words. */
    private Optional<String> full() {
        return broker.getConnections().size() < Border.CONNECTIONS
                ? Optional.empty()
                : Optional.of("there are " + Border.CONNECTIONS + " already");
    }

    private Optional<String> fault(String said) {
        if (said.startsWith(CORE)) {
            return unlessSpoken(
                    Protocol.CORE,
                    "it speaks Artemis' own protocol: let the application use an AMQP 1.0 client,"
                            + " or name core, too, in broker.accept.protocols");
        }
        if (said.startsWith(AMQP) && said.charAt(5) == 1) {
            return unlessSpoken(Protocol.AMQP, "it speaks AMQP: name amqp, too, in broker.accept.protocols");
        }
        return Optional.of(foreign(said));
    }

    private Optional<String> unlessSpoken(Protocol protocol, String otherwise) {
        return acceptor.protocols().contains(protocol) ? Optional.empty() : Optional.of(otherwise);
    }

    private static String foreign(String said) {
        if (said.startsWith(AMQP)) {
            return "it speaks AMQP %d.%d: use a client for AMQP 1.0 (RabbitMQ's own clients speak 0-9-1)"
                    .formatted((int) said.charAt(5), (int) said.charAt(6));
        }
        return said.startsWith(TLS)
                ? "it begins with TLS, and broker.accept has no certificate"
                : "it speaks no protocol of this port (its first octets: " + said + ")";
    }

    private void refuse(ChannelHandlerContext context, String said, String fault) {
        if (said.startsWith(AMQP) && acceptor.protocols().contains(Protocol.AMQP)) {
            context.writeAndFlush(Unpooled.copiedBuffer(AMQP_HERE, ISO_8859_1));
        }
        strangers.end(context.channel(), kind(said), fault);
    }

    private static String kind(String said) {
        return Stream.of(CORE, AMQP, TLS).filter(said::startsWith).findFirst().orElse("foreign");
    }

    /** Mostly TLS that does not come about. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        strangers.end(context.channel(), "fault", String.valueOf(root.getMessage()));
        context.close();
    }
}
