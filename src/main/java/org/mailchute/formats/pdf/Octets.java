package org.mailchute.formats.pdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Octets by their position: of the file, or of a stream that was decoded. */
sealed interface Octets {
    /** 0 to 255, or -1 outside. */
    int at(long position) throws IOException;

    /** Of a file, of which one block is held. */
    final class OfFile implements Octets {
        private static final int BLOCK = 4_096;

        private final FileChannel channel;
        private final Effort effort;
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
        private long start;

        OfFile(FileChannel channel, Effort effort) {
            this.channel = channel;
            this.effort = effort;
        }

        @Override
        public int at(long position) throws IOException {
            effort.octet();
            if (position < start || position >= start + block.limit()) {
                if (position < 0 || position >= channel.size()) {
                    return -1;
                }
                read(position - position % BLOCK);
            }
            long offset = position - start;
            return offset < block.limit() ? block.get((int) offset) & 0xff : -1;
        }

        private void read(long from) throws IOException {
            effort.block();
            start = from;
            block.clear();
            long position = from;
            for (int read = channel.read(block, position); read > 0; read = channel.read(block, position)) {
                position += read;
            }
            block.flip();
        }
    }

    /** Of a decoded stream. */
    final class Decoded implements Octets {
        private final byte[] content;
        private final Effort effort;

        Decoded(byte[] content, Effort effort) {
            this.content = content;
            this.effort = effort;
        }

        @Override
        public int at(long position) throws IOException {
            effort.octet();
            return position >= 0 && position < content.length ? content[(int) position] & 0xff : -1;
        }

        /** @return the number of so many octets, most significant first; 0 of none */
        long number(long position, int octets) throws IOException {
            long number = 0;
            for (long at = position; at < position + octets; at++) {
                int octet = at(at);
                if (octet < 0) {
                    throw new PdfFault("a table of objects is cut short");
                }
                number = number << 8 | octet;
            }
            return number;
        }
    }
}
