package org.mailchute.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * A folder that others may write to, reached from one that the settings name without following a link below it: whoever swaps a
 * part of its path for a link, before or after, gets nothing taken from elsewhere, and nothing written there (promise P9).
 * Names are those of files in it; none is followed if it is a link.
 */
public interface FolderHandle extends Closeable {
    /**
     * Opens it.
     *
     * @param trusted the settings' folder; links in its own path are the administrator's
     * @param folder that folder or one below it
     * @throws IOException when it is not there, may not be looked into, or a link leads to it
     */
    @SuppressWarnings("StreamResourceLeak") // closed with what it becomes
    static FolderHandle open(Path trusted, Path folder) throws IOException {
        Path from = plain(trusted);
        Path to = plain(folder);
        if (!to.startsWith(from)) {
            throw new IOException(to + " does not lie below " + from);
        }
        DirectoryStream<Path> first = Files.newDirectoryStream(from);
        if (first instanceof SecureDirectoryStream<Path> held) {
            return HeldFolder.walk(held, from.relativize(to), to);
        }
        first.close();
        return ComparedFolder.open(from, to);
    }

    /** The same, made where missing: the owner's alone, or with the rights of the folder around it if that is trusted. */
    static FolderHandle make(Path trusted, Path folder) throws IOException {
        try {
            return open(trusted, folder);
        } catch (NoSuchFileException e) {
            MadeFolder.make(trusted, folder);
            return open(trusted, folder);
        }
    }

    /** Opens the folder of a file of ours, which nobody else may write to. */
    static FolderHandle around(Path file) throws IOException {
        Path folder = file.resolveSibling("");
        return open(folder, folder);
    }

    /** Where the way to a folder begins of which no link is followed: the watched one, if it lies in or below that, else itself. */
    static Path trusted(Path watched, Path folder) {
        return plain(folder).startsWith(plain(watched)) ? watched : folder;
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Its path, for words only. */
    Path path();

    /** Of the file of this name, or of the link itself. */
    BasicFileAttributes attributes(String name) throws IOException;

    /** Whether anything has this name here. */
    default boolean has(String name) throws IOException {
        try {
            attributes(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Opens a file here. */
    default FileChannel open(String name, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return open(name, all);
    }

    /** @param options with {@link LinkOption#NOFOLLOW_LINKS} */
    FileChannel open(String name, Set<OpenOption> options) throws IOException;

    /** Deletes a file here, or a link. */
    void delete(String name) throws IOException;

    /** All names here. */
    List<String> names() throws IOException;

    /**
     * Gives a file of this folder another name, in this folder or another, in one step.
     *
     * @throws AtomicMoveNotSupportedException when that folder is on another file system
     */
    void move(String name, FolderHandle to, String as) throws IOException;

    /** Copies a plain file's content to a new name. */
    default void copy(String name, FolderHandle to, String as) throws IOException {
        try (InputStream in = Channels.newInputStream(open(name, StandardOpenOption.READ));
                OutputStream out = Channels.newOutputStream(to.open(
                        as,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE))) {
            in.transferTo(out);
        }
    }

    /** Of the file of this name, or of this folder itself ({@code .}); empty where files have no such rights (Windows). */
    Optional<PosixFileAttributeView> rights(String name);

    /**
     * Gives a plain file here the group of a folder, which may then do with it what it may do in that folder. Others may not, and a file
     * that is somebody else's keeps its rights.
     */
    default void share(String name, FolderHandle with) throws IOException {
        Optional<PosixFileAttributeView> file = rights(name);
        Optional<PosixFileAttributeView> folder = with.rights(".");
        if (file.isPresent() && folder.isPresent() && attributes(name).isRegularFile()) {
            try {
                MadeFolder.share(file.get(), folder.get().readAttributes());
            } catch (FileSystemException e) {
                LoggerFactory.getLogger(FolderHandle.class).debug("{} keeps its rights: {}", name, e.toString());
            }
        }
    }

    /** A file's content is on disk when this returns. */
    default void force(String name) throws IOException {
        try (FileChannel file = open(name, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }
}
