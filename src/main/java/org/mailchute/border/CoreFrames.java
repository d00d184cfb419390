package org.mailchute.border;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import org.apache.activemq.artemis.core.remoting.impl.netty.ActiveMQFrameDecoder2;

/** The packets of Artemis' own protocol, each of which is held in memory whole: none larger than a message may be. */
final class CoreFrames extends ActiveMQFrameDecoder2 {
    /** What else is in a packet than a message's body; a login is shorter. */
    private static final int BESIDE = 1 << 16;

    private final long most;
    private final BooleanSupplier stranger;

    /**
     * @param most octets of a message that is held in memory
     * @param stranger whether it has not logged in yet
     */
    CoreFrames(long most, BooleanSupplier stranger) {
        this.most = most;
        this.stranger = stranger;
    }

    @Override
    protected long getUnadjustedFrameLength(ByteBuf in, int offset, int length, ByteOrder order) {
        long announced = super.getUnadjustedFrameLength(in, offset, length, order);
        if (announced > BESIDE + (stranger.getAsBoolean() ? 0 : most)) {
            throw new TooLongFrameException("a packet of " + announced + " bytes");
        }
        return announced;
    }
}
