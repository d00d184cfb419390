package org.mailchute.management;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;

/** Takes what one browser is told as it happens (Server-Sent Events, HTML Standard section 9.2). */
public final class LiveEvents {
    private final Channel channel;

    LiveEvents(Channel channel) {
        this.channel = channel;
    }

    /** Whether anybody still listens. */
    public boolean isOpen() {
        return channel.isActive();
    }

    /** The last was told. */
    public void close() {
        channel.close();
    }

    /**
     * Does not wait: who has not taken what was sent before gets none of this.
     *
     * @param data may have several lines
     * @return whether it is on its way
     */
    public boolean send(String data) {
        if (!channel.isWritable()) {
            return false;
        }
        String event = "data: " + data.replaceAll("\r\n|\r|\n", "\ndata: ") + "\n\n";
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(event.getBytes(StandardCharsets.UTF_8))));
        return true;
    }
}
