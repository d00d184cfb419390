package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Takes files from their source into one folder: by an atomic rename; across file systems by copy, fsync and delete, which a
 * crash may cut short. While it copies there is {@code copying-KEY}, the copy without its name, and for a move
 * {@code moving-KEY}, which names the original.
 */
final class Takeaway {
    private final Path folder;
    private final FolderSync names;

    Takeaway(Path folder, FolderSync names) {
        this.folder = folder;
        this.names = names;
    }

    /** A crash came while a file was being copied: its source is still there. */
    void forgetHalfCopies() throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, "copying-*")) {
            for (Path half : halves) {
                Files.delete(half);
                Files.deleteIfExists(
                        folder.resolve(half.getFileName().toString().replace("copying-", "moving-")));
            }
        }
    }

    /** @throws IOException when it cannot be taken; it is then still at its source, and nothing of it here */
    void move(String key, Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            moveByCopy(key, source, target);
        }
    }

    private void moveByCopy(String key, Path source, Path target) throws IOException {
        try {
            Files.writeString(note(key), source.toAbsolutePath().toString());
            copy(key, source, target);
            names.sync(); // the new name must be on disk before the old one goes
            Files.delete(source);
            Files.delete(note(key));
        } catch (IOException e) {
            Files.deleteIfExists(target);
            Files.deleteIfExists(note(key));
            throw e;
        }
    }

    /** A crash came between the copy and the deletion of the original: the same file must not be taken again. */
    void finish(String key, Path copy) throws IOException {
        if (!Files.exists(note(key))) {
            return;
        }
        Path original = Path.of(Files.readString(note(key)));
        if (Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS) && Files.mismatch(original, copy) < 0) {
            Files.delete(original);
        }
        Files.delete(note(key));
    }

    /** @throws IOException when it cannot be copied, or is written to meanwhile; nothing of it is here then */
    void copy(String key, Path source, Path target) throws IOException {
        Path half = folder.resolve("copying-" + key);
        try {
            State before = State.of(source);
            // a link is copied as the link it is, and refused later; what it points to is never opened (promise P9)
            Files.copy(source, half, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
            if (Files.isRegularFile(half, LinkOption.NOFOLLOW_LINKS)) { // to open a pipe would wait for its other end
                Files.setLastModifiedTime(half, before.modified);
                try (FileChannel channel =
                        FileChannel.open(half, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                    channel.force(true);
                }
            }
            if (!State.of(source).equals(before)) {
                throw new FileSystemException(source.toString(), null, "it was written to while it was copied");
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(half);
            throw e;
        }
    }

    /** Who still writes to a file changes these. */
    private record State(long size, FileTime modified) {
        static State of(Path file) throws IOException {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new State(is.size(), is.lastModifiedTime());
        }
    }

    private Path note(String key) {
        return folder.resolve("moving-" + key);
    }
}
