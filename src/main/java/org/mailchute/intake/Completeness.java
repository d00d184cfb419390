package org.mailchute.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whether a file's structure is whole, for the types scanners write: a scanner that pauses longer than the stability time
 * between two pages still has not written the end. Reads a few kilobytes of head and tail, never the whole.
 */
public final class Completeness {
    private static final int HEAD = 1_024;
    private static final int TAIL = 64 << 10;
    private static final int MOST_DIRECTORIES = 10_000;

    private Completeness() {}

    /** Unknown types count as complete. A file that cannot be read does not: it is looked at again. */
    public static boolean complete(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            String head = latin(read(channel, 0, HEAD));
            if (head.contains("%PDF-")) {
                String tail = tail(channel);
                return tail.contains("startxref") && tail.contains("%%EOF");
            }
            if (head.startsWith("\u00ff\u00d8")) {
                return tail(channel).contains("\u00ff\u00d9");
            }
            if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
                return tiff(channel, head.charAt(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Every image file directory of the chain, and its entries, lie inside the file (TIFF 6.0 section 2). */
    private static boolean tiff(FileChannel channel, ByteOrder order) throws IOException {
        long directory = 4;
        for (int number = 0; number < MOST_DIRECTORIES; number++) {
            long offset = unsigned(channel, directory, 4, order);
            if (offset == 0) {
                return number > 0;
            }
            long entries = offset < 0 ? -1 : unsigned(channel, offset, 2, order);
            directory = offset + 2 + entries * 12;
            if (entries < 0 || directory + 4 > channel.size()) {
                return false;
            }
        }
        return false;
    }

    /** The number there; -1 when it is beyond the end. */
    private static long unsigned(FileChannel channel, long at, int octets, ByteOrder order) throws IOException {
        ByteBuffer number = read(channel, at, octets).order(order);
        if (number.remaining() < octets) {
            return -1;
        }
        return octets == 2 ? number.getShort() & 0xffff : number.getInt() & 0xffff_ffffL;
    }

    private static String tail(FileChannel channel) throws IOException {
        return latin(read(channel, Math.max(0, channel.size() - TAIL), TAIL));
    }

    private static ByteBuffer read(FileChannel channel, long at, int octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(octets);
        long position = at;
        for (int read = channel.read(buffer, position); read > 0; read = channel.read(buffer, position)) {
            position += read;
        }
        return buffer.flip();
    }

    private static String latin(ByteBuffer octets) {
        return StandardCharsets.ISO_8859_1.decode(octets).toString();
    }
}
