package org.mailchute.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only file of {@link HeardNotes}. A line that was written survives the death of the process; where it is not forced to
 * the disk, a power cut may lose the last ones.
 */
final class HeardFile implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(HeardFile.class);
    private static final long LARGE = 1 << 20;

    private final Path path;
    private final boolean forced;
    private FileChannel channel;
    private long end;
    private boolean closed;
    private long large = LARGE;

    HeardFile(Path path, boolean forced) throws IOException {
        this.forced = forced;
        this.path = path.toAbsolutePath();
        Path folder = this.path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        channel = FileChannel.open(this.path, CREATE, WRITE);
        end = channel.size();
    }

    /** What is no line is left out and told of: half of one after a crash, or what a disk or a person spoilt. */
    List<HeardLine> read() throws IOException {
        List<HeardLine> lines = new ArrayList<>();
        List<Integer> spoilt = new ArrayList<>();
        String[] found = new String(Files.readAllBytes(path), UTF_8).split("\n", -1);
        for (int number = 1; number <= found.length; number++) {
            String text = found[number - 1];
            boolean whole = number < found.length;
            if (whole || !text.isEmpty()) {
                read(text, number, whole, lines, spoilt);
            }
        }
        if (!spoilt.isEmpty()) {
            LOG.warn(
                    "{}: line {} cannot be read and is left out: what it told of may be mailed twice",
                    path,
                    spoilt.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static void read(String text, int number, boolean whole, List<HeardLine> lines, List<Integer> spoilt) {
        try {
            HeardLine line = HeardLine.parse(text);
            if (whole) {
                lines.add(line);
                return;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("line {} of the notes", number, e);
        }
        spoilt.add(number);
    }

    /** After a failed write the next one begins at the same place, so that no torn line stays in between. */
    void append(HeardLine line) throws IOException {
        try {
            FileChannel open = channel();
            long next = write(open, line.text(), end);
            if (forced && line.what() != HeardLine.What.DONE) { // without which a note stays that nobody asks for
                open.force(false);
            }
            end = next;
        } catch (IOException e) {
            throw new IOException(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static long write(FileChannel channel, String text, long at) throws IOException {
        ByteBuffer rest = UTF_8.encode(text);
        while (rest.hasRemaining()) {
            at += channel.write(rest, at);
        }
        return at;
    }

    /** Whether it is time to leave out what nobody needs any more. */
    boolean isLarge() {
        return end > large;
    }

    /** Puts these lines in the place of all. The old file stands until the new one is on disk. */
    void replace(Stream<HeardLine> lines) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        long length;
        try (FileChannel written = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            length = write(written, lines.map(HeardLine::text).collect(Collectors.joining()), 0);
            written.force(true);
        }
        channel.close(); // Windows replaces no file that is open
        Files.move(fresh, path, ATOMIC_MOVE);
        // at once: who is a standby again and does not know it yet writes into a file of its own, not into its
        // successor's
        channel = FileChannel.open(path, CREATE, WRITE);
        end = length;
        large = Math.max(LARGE, 2 * length);
    }

    /** Opened again after {@link #replace}, and after one that failed half way. */
    private FileChannel channel() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, CREATE, WRITE);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }
}
