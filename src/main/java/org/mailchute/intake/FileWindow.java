package org.mailchute.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Small pieces of a file that may still grow or end anywhere. */
final class FileWindow {
    private final FileChannel channel;
    private final ByteOrder order;

    FileWindow(FileChannel channel, ByteOrder order) {
        this.channel = channel;
        this.order = order;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** The octets there as characters 0 to 255; fewer, or none, at the end. */
    String latin(long at, int octets) throws IOException {
        return StandardCharsets.ISO_8859_1.decode(read(at, octets)).toString();
    }

    /** The unsigned number there, of 1, 2 or 4 octets; -1 when it is not all inside the file. */
    long unsigned(long at, int octets) throws IOException {
        ByteBuffer number = read(at, octets).order(order);
        if (number.remaining() < octets) {
            return -1;
        }
        return switch (octets) {
            case 1 -> number.get() & 0xff;
            case 2 -> number.getShort() & 0xffff;
            default -> number.getInt() & 0xffff_ffffL;
        };
    }

    private ByteBuffer read(long at, int octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(octets);
        long position = at;
        for (int read = channel.read(buffer, position); read > 0; read = channel.read(buffer, position)) {
            position += read;
        }
        return buffer.flip();
    }
}
