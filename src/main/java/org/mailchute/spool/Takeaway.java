package org.mailchute.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

/**
 * Takes files from their source into one folder: by an atomic rename; across file systems by copy, fsync and delete, which a
 * crash may cut short. While it copies there is {@code copying-KEY}, the copy without its name, and for a move
 * {@code moving-KEY}, which names the original. Each is reached by {@link FolderHandle} from the watched folder on.
 *
 * @param watched no link below it is followed to a file to take; of one that lies elsewhere its own folder is taken as it is
 */
record Takeaway(Path folder, Path watched, FolderSync names) {
    private static final int PIECE = 64 << 10;

    /** Where a file lies. */
    private FolderHandle at(Path file) throws IOException {
        Path parent = file.toAbsolutePath().resolveSibling("");
        return FolderHandle.open(FolderHandle.trusted(watched, parent), parent);
    }

    private FolderHandle here() throws IOException {
        return FolderHandle.open(folder, folder);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** Whether no link leads to the file's folder. */
    boolean reaches(Path file) throws IOException {
        try (FolderHandle at = at(file)) {
            return at.has(name(file));
        } catch (NoSuchFileException | LinkedFolder e) {
            return false;
        }
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
        try (FolderHandle at = at(source);
                FolderHandle here = here()) {
            try {
                at.move(name(source), here, name(target));
            } catch (AtomicMoveNotSupportedException e) {
                moveByCopy(key, at, source, target);
            }
        }
    }

    private void moveByCopy(String key, FolderHandle at, Path source, Path target) throws IOException {
        try {
            Files.writeString(note(key), source.toAbsolutePath().toString());
            copy(key, at, source, target);
            names.sync(); // the new name must be on disk before the old one goes
            at.delete(name(source));
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
        Path original = original(note(key));
        try (FolderHandle at = at(original)) {
            if (isCopy(at, name(original), copy)) {
                at.delete(name(original));
            }
        } catch (NoSuchFileException e) { // somebody took it away, or its folder
        }
        Files.delete(note(key));
    }

    private static Path original(Path note) throws IOException {
        try {
            return Path.of(Files.readString(note));
        } catch (CharacterCodingException | InvalidPathException e) {
            throw new IOException(
                    note
                            + ", which says where its file came from, cannot be read: delete it, and that file if it is still there",
                    e);
        }
    }

    private static boolean isCopy(FolderHandle at, String name, Path copy) throws IOException {
        if (!at.attributes(name).isRegularFile()) {
            return false;
        }
        try (InputStream one = Channels.newInputStream(at.open(name, StandardOpenOption.READ));
                InputStream other = Files.newInputStream(copy, LinkOption.NOFOLLOW_LINKS)) {
            byte[] piece = one.readNBytes(PIECE);
            while (Arrays.equals(piece, other.readNBytes(PIECE))) {
                if (piece.length == 0) {
                    return true;
                }
                piece = one.readNBytes(PIECE);
            }
            return false;
        }
    }

    /** @throws IOException when it cannot be copied, or is written to meanwhile; nothing of it is here then */
    void copy(String key, Path source, Path target) throws IOException {
        try (FolderHandle at = at(source)) {
            copy(key, at, source, target);
        }
    }

    private void copy(String key, FolderHandle at, Path source, Path target) throws IOException {
        Path half = folder.resolve("copying-" + key);
        try (FolderHandle here = here()) {
            State before = State.of(at, name(source));
            if (before.plain) {
                at.copy(name(source), here, name(half));
                Files.setLastModifiedTime(half, before.modified);
                here.force(name(half));
            } else {
                copyAsItIs(source, half);
            }
            if (!State.of(at, name(source)).equals(before)) {
                throw new FileSystemException(source.toString(), null, "it was written to while it was copied");
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(half);
            throw e;
        }
    }

    /** A link is copied as the link it is, and refused later; what it points to is never opened (promise P9), nor is a pipe. */
    private static void copyAsItIs(Path source, Path half) throws IOException {
        Files.copy(source, half, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        if (Files.isRegularFile(half, LinkOption.NOFOLLOW_LINKS)) { // by path, so it may be another's
            throw new FileSystemException(source.toString(), null, "it was swapped for another while it was copied");
        }
    }

    /** Who still writes to a file changes these. */
    private record State(boolean plain, long size, FileTime modified) {
        static State of(FolderHandle at, String name) throws IOException {
            BasicFileAttributes is = at.attributes(name);
            return new State(is.isRegularFile(), is.size(), is.lastModifiedTime());
        }
    }

    private Path note(String key) {
        return folder.resolve("moving-" + key);
    }
}
