package org.mailchute.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Small pieces of a file that may still grow or end anywhere. */
public record FileWindow(FileChannel channel, ByteOrder order) {
    private static final int BLOCK = 64 << 10;
    /** Most files are not filled up: their last octets say so. */
    private static final int GLANCE = 64;
    /** What devices fill a file up with, and what terminals and transfers put behind it: zeros, blanks, line ends, Ctrl-Z, 0xFF. */
    private static final String PADDING = "\0 \t\r\n\f\u001a\u00ff";
    /** More than any device fills up. */
    private static final long MOST_PADDING = 16 << 20;
    /** No file is as long; sums of some of these do not overflow. */
    private static final long BEYOND = 1L << 56;

    long size() throws IOException {
        return channel.size();
    }

    /** The octets there as characters 0 to 255; fewer, or none, at the end. */
    public String latin(long at, int octets) throws IOException {
        ByteBuffer found = read(at, octets);
        return new String(found.array(), 0, found.limit(), StandardCharsets.ISO_8859_1);
    }

    /** Where the content ends, should the file be filled up behind it. */
    long contentEnd() throws IOException {
        long end = size();
        long least = Math.max(0, end - MOST_PADDING);
        int octets = GLANCE;
        while (end > least) {
            long start = Math.max(least, end - octets);
            octets = BLOCK;
            String block = latin(start, (int) (end - start));
            int last = block.length() - 1;
            while (last >= 0 && PADDING.indexOf(block.charAt(last)) >= 0) {
                last--;
            }
            if (last >= 0) {
                return start + last + 1;
            }
            end = start;
        }
        return end;
    }

    /** Where the mark stands first at or behind a position; -1 when nowhere. Reads the file up to there. */
    long find(String mark, long from) throws IOException {
        for (long at = from; at < size(); at += BLOCK) {
            int found = latin(at, BLOCK + mark.length() - 1).indexOf(mark);
            if (found >= 0) {
                return at + found;
            }
        }
        return -1;
    }

    /** Where the mark stands last before a position; -1 when nowhere. */
    long findLast(String mark, long before) throws IOException {
        for (long end = before; end > 0; end -= BLOCK) {
            long start = Math.max(0, end - BLOCK);
            int found =
                    latin(start, (int) (end - start) + mark.length() - 1).lastIndexOf(mark, (int) (end - start) - 1);
            if (found >= 0) {
                return start + found;
            }
        }
        return -1;
    }

    /** The unsigned number there, of 1, 2, 4 or 8 octets; -1 when it is not all inside the file. */
    long unsigned(long at, int octets) throws IOException {
        ByteBuffer number = read(at, octets).order(order);
        if (number.remaining() < octets) {
            return -1;
        }
        return switch (octets) {
            case 1 -> number.get() & 0xff;
            case 2 -> number.getShort() & 0xffff;
            case 4 -> number.getInt() & 0xffff_ffffL;
            default -> {
                long value = number.getLong();
                yield value < 0 ? BEYOND : Math.min(value, BEYOND);
            }
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
