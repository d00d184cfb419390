package org.mailchute.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lines of a body, long ones in pieces, and what comes next within a bound. CRLF, bare LF and bare CR all end a line. */
final class BodyLines {
    /** Looked at before a part whose header promises ASCII is believed. */
    static final int AHEAD = 1 << 16;

    private static final int LONGEST_PIECE = 1 << 13;

    private final InputStream in;
    private final byte[] block = new byte[1 << 16];
    private int at;
    private int filled;
    private boolean begins = true;
    private final Deque<Line> ahead = new ArrayDeque<>();

    BodyLines(InputStream in) {
        this.in = in;
    }

    /**
     * A line, or a piece of one.
     *
     * @param octets with the line end as it came
     * @param length without it
     * @param begins it is not a further piece
     */
    record Line(byte[] octets, int length, boolean begins) {
        boolean eightBit() {
            for (byte octet : octets) {
                if (octet < 0) {
                    return true;
                }
            }
            return false;
        }

        boolean empty() {
            return begins && length == 0 && octets.length > 0;
        }
    }

    /** What the next part holds. */
    enum Ahead {
        SEVEN_BIT,
        EIGHT_BIT,
        /** More than is looked at, and nothing beyond ASCII in that. */
        LONG
    }

    /** Null when all has been read. */
    @Nullable
    Line next() throws IOException {
        return ahead.isEmpty() ? read() : ahead.poll();
    }

    void back(Line line) {
        ahead.addFirst(line);
    }

    /** Up to the first line that ends the part; nothing is taken. */
    Ahead ahead(Predicate<Line> ends) throws IOException {
        int seen = 0;
        for (Line line : ahead) {
            if (ends.test(line) || line.eightBit()) {
                return line.eightBit() ? Ahead.EIGHT_BIT : Ahead.SEVEN_BIT;
            }
            seen += line.octets().length;
        }
        while (seen < AHEAD) {
            Line line = read();
            if (line == null) {
                return Ahead.SEVEN_BIT;
            }
            ahead.add(line);
            if (ends.test(line) || line.eightBit()) {
                return line.eightBit() ? Ahead.EIGHT_BIT : Ahead.SEVEN_BIT;
            }
            seen += line.octets().length;
        }
        return Ahead.LONG;
    }

    private @Nullable Line read() throws IOException {
        if (at == filled && !fill()) {
            return null;
        }
        int end = contentEnd(at);
        if (end < filled && end + 1 < filled && end - at <= LONGEST_PIECE) {
            return line(end);
        }
        return slowly();
    }

    /** Within the block. */
    private Line line(int end) {
        int after = block[end] == '\r' && block[end + 1] == '\n' ? end + 2 : end + 1;
        Line line = new Line(Arrays.copyOfRange(block, at, after), end - at, begins);
        at = after;
        begins = true;
        return line;
    }

    /** Over the end of the block, or longer than a piece. */
    private Line slowly() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(LONGEST_PIECE);
        boolean first = begins;
        begins = false;
        while (octets.size() < LONGEST_PIECE && (at < filled || fill())) {
            int end = Math.min(contentEnd(at), at + LONGEST_PIECE - octets.size());
            octets.write(block, at, end - at);
            at = end;
            if (at < filled && octets.size() < LONGEST_PIECE) {
                return ended(octets, first);
            }
        }
        return new Line(octets.toByteArray(), octets.size(), first);
    }

    /** Its end comes next. */
    private Line ended(ByteArrayOutputStream octets, boolean first) throws IOException {
        int length = octets.size();
        byte octet = block[at++];
        octets.write(octet);
        if (octet == '\r' && (at < filled || fill()) && block[at] == '\n') {
            octets.write(block[at++]);
        }
        begins = true;
        return new Line(octets.toByteArray(), length, first);
    }

    private int contentEnd(int from) {
        int end = from;
        while (end < filled && block[end] != '\n' && block[end] != '\r') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(block));
        return filled > 0;
    }
}
