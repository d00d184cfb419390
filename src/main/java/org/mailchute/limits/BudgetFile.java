package org.mailchute.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The append-only file of a {@link Budget}: a line a reservation, {@code <epoch second> <recipients>}, with negative
 * recipients for what was given back. A line counts once its line feed is there.
 */
final class BudgetFile implements Closeable {
    private final Path path;
    private FileChannel channel;
    private long end;
    private int lines;

    BudgetFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        Path folder = this.path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        channel = FileChannel.open(this.path, CREATE, WRITE);
    }

    /** What one line says. */
    interface Line {
        void of(long epochSecond, long recipients);
    }

    /** Skips what is no line, such as the torn last one. */
    void read(Line line) throws IOException {
        String text = Files.readString(path, ISO_8859_1);
        int whole = text.lastIndexOf('\n') + 1;
        for (String found : text.substring(0, whole).split("\n", -1)) {
            if (found.matches("\\d{1,12} -?\\d{1,9}")) {
                int blank = found.indexOf(' ');
                line.of(Long.parseLong(found.substring(0, blank)), Long.parseLong(found.substring(blank + 1)));
            }
        }
    }

    int lines() {
        return lines;
    }

    /** After a failed write the next one begins at the same place, so that no torn line stays in between. */
    void append(long epochSecond, long recipients) throws IOException {
        ByteBuffer line = US_ASCII.encode(epochSecond + " " + recipients + "\n");
        long at = end;
        while (line.hasRemaining()) {
            at += channel.write(line, at);
        }
        end = at;
        lines++;
    }

    /** Puts one line a bucket in the place of all. The old file stands until the new one is on disk. */
    void compact(Map<Long, Long> buckets) throws IOException {
        StringBuilder text = new StringBuilder();
        buckets.forEach((minute, recipients) ->
                text.append(minute * 60).append(' ').append(recipients).append('\n'));
        byte[] bytes = text.toString().getBytes(US_ASCII);
        channel.close();
        try {
            new WholeFile(path).replace(bytes);
            end = bytes.length;
        } finally {
            channel = FileChannel.open(path, CREATE, WRITE);
        }
        lines = buckets.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
