package org.mailchute.drop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file on its way in. Ends by {@link #keep()} or, when it is only closed, leaves everything as it was before. */
final class Upload extends OutputStream {
    private static final long LOOK_EVERY = 1 << 20;

    private final DropFolder folder;
    private final DropPath path;
    private final Path half;
    private final @Nullable Append append;
    private final FileChannel file;
    private @Nullable IOException fault;
    private long size;
    private boolean ended;
    /** Octets that may come before the folder is measured again. */
    private long left;

    private Upload(DropFolder folder, DropPath path, Path half, @Nullable Append append) throws IOException {
        this.folder = folder;
        this.path = path;
        this.half = half;
        this.append = append;
        this.file = FileChannel.open(half, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static Upload fresh(DropFolder folder, DropPath path, Path half) throws IOException {
        return new Upload(folder, path, half, null);
    }

    static Upload more(DropFolder folder, DropPath path, Append append) throws IOException {
        return new Upload(folder, path, append.half(), append);
    }

    /** As the device may call it from now on. */
    String name() {
        return path.name();
    }

    /** What made a write fail: our side, not the device's connection. */
    Optional<IOException> fault() {
        return Optional.ofNullable(fault);
    }

    /** Octets that came, those before an append not counted. */
    long size() {
        return size;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        try {
            reserve(length);
            Channels.newOutputStream(file).write(octets, from, length);
            size += length;
        } catch (IOException e) {
            fault = e;
            throw e;
        }
    }

    private void reserve(int length) throws IOException {
        if (length > left) {
            long room = folder.room().bytes();
            if (length > room) {
                throw folder.room().full();
            }
            left = Math.min(room, LOOK_EVERY);
        }
        left -= length;
    }

    /** The content is on disk; its name is not yet there. */
    void sync() throws IOException {
        file.force(true);
    }

    /**
     * It is whole: from now on the intake may take it. On disk, name included, when this returns. Nothing was sent: nothing is kept.
     *
     * @return the name it got
     */
    String keep() throws IOException {
        if (size == 0 && append == null) {
            close();
            folder.empty().add(path);
            return path.name();
        }
        sync();
        Path kept = folder.name(half, path);
        ended = true;
        file.close();
        if (append != null) {
            append.done();
        }
        return kept.getFileName().toString();
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        file.close();
        if (append != null) {
            append.undo(folder);
        } else {
            Files.deleteIfExists(half);
        }
    }
}
