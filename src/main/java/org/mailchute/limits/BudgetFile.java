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
import java.util.List;
import java.util.Optional;
import org.mailchute.spool.WholeFile;

/** The append-only file of a {@link Budget}, in the lines of {@link BudgetPast}. A line counts once its line feed is there. */
final class BudgetFile implements Closeable {
    private final Path path;
    private FileChannel channel;
    private long end;
    private int lines;

    /** Opens it without a change; {@link #replace} comes before the first {@link #append}. */
    BudgetFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        Path folder = this.path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        channel = FileChannel.open(this.path, CREATE, WRITE);
    }

    /** What is in the file; empty when there is none. */
    static Optional<BudgetPast> read(Path path) throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        BudgetPast past = new BudgetPast();
        String text = Files.readString(path, ISO_8859_1);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(past::line);
        return Optional.of(past);
    }

    int lines() {
        return lines;
    }

    /** After a failed write the next one begins at the same place, so that no torn line stays in between. */
    void append(String line) throws IOException {
        ByteBuffer bytes = US_ASCII.encode(line + "\n");
        long at = end;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        end = at;
        lines++;
    }

    /**
     * Puts these lines in the place of all. The old file stands until the new one is on disk; and the new name is on disk before
     * anything is appended, or a power cut could bring back an old file that ended as it should.
     */
    void replace(List<String> fresh) throws IOException {
        byte[] bytes = (String.join("\n", fresh) + "\n").getBytes(US_ASCII);
        channel.close();
        try {
            new WholeFile(path).replaceForGood(bytes);
            end = bytes.length;
        } finally {
            channel = FileChannel.open(path, CREATE, WRITE);
        }
        lines = fresh.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
