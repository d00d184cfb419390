package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** By the operating system's own handle (openat, renameat), which stays with the folder whatever becomes of its path. */
record HeldFolder(SecureDirectoryStream<Path> folder, Path path) implements FolderHandle {
    /** @param first open; closed when this is, or fails */
    static HeldFolder walk(SecureDirectoryStream<Path> first, Path below, Path whole) throws IOException {
        SecureDirectoryStream<Path> at = first;
        for (Path part : below) {
            if (!part.toString().isEmpty()) {
                try (SecureDirectoryStream<Path> above = at) {
                    at = enter(above, part, whole);
                }
            }
        }
        return new HeldFolder(at, whole);
    }

    /** Asked first what it is: to open a pipe would wait for its other end, and a fault of the machine is no link. */
    private static SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> above, Path part, Path whole)
            throws IOException {
        if (!view(above, part).readAttributes().isDirectory()) {
            throw new LinkedFolder(whole);
        }
        return above.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
    }

    private static BasicFileAttributeView view(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public BasicFileAttributes attributes(String name) throws IOException {
        return view(folder, Path.of(name)).readAttributes();
    }

    @Override
    public Optional<PosixFileAttributeView> rights(String name) {
        return Optional.ofNullable(
                folder.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public FileChannel open(String name, Set<OpenOption> options) throws IOException {
        return (FileChannel) folder.newByteChannel(Path.of(name), options);
    }

    @Override
    public void delete(String name) throws IOException {
        folder.deleteFile(Path.of(name));
    }

    /** Of a stream of its own: one gives its names only once. */
    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = folder.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Override
    public void move(String name, FolderHandle to, String as) throws IOException {
        if (!(to instanceof HeldFolder held)) {
            throw new AtomicMoveNotSupportedException(name, as, "another kind of file system");
        }
        folder.move(Path.of(name), held.folder, Path.of(as));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
