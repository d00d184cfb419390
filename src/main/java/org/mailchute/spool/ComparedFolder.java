package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the platform has no handles of folders (Windows, macOS): by path, and what was reached is compared, before and after. A file
 * that turns out to be another goes back to where it was.
 */
record ComparedFolder(Path path, Path real) implements FolderHandle {
    static ComparedFolder open(Path trusted, Path folder) throws IOException {
        Path real = trusted.toRealPath().resolve(trusted.relativize(folder)).normalize();
        ComparedFolder opened = new ComparedFolder(folder, real);
        opened.mustStand();
        return opened;
    }

    /** What tells a file from another, also one of the same name and size; only Unix has keys. */
    private record Traits(@Nullable Object key, long size, FileTime modified, FileTime created) {
        static Traits of(Path file) throws IOException {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Traits(is.fileKey(), is.size(), is.lastModifiedTime(), is.creationTime());
        }

        boolean same(Traits other) {
            return key == null ? equals(other) : key.equals(other.key);
        }
    }

    private boolean stands() throws IOException {
        return path.toRealPath().equals(real);
    }

    private void mustStand() throws IOException {
        if (!stands()) {
            throw new LinkedFolder(path);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public BasicFileAttributes attributes(String name) throws IOException {
        mustStand();
        return Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<PosixFileAttributeView> rights(String name) {
        return Optional.ofNullable(Files.getFileAttributeView(
                path.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public FileChannel open(String name, Set<OpenOption> options) throws IOException {
        mustStand();
        FileChannel opened = FileChannel.open(path.resolve(name), options);
        if (!stands()) {
            opened.close();
            mustStand();
        }
        return opened;
    }

    @Override
    public void delete(String name) throws IOException {
        mustStand();
        Files.delete(path.resolve(name));
    }

    @Override
    public List<String> names() throws IOException {
        mustStand();
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Override
    public void move(String name, FolderHandle to, String as) throws IOException {
        mustStand();
        Path file = path.resolve(name);
        Path target = to.path().resolve(as);
        Traits before = Traits.of(file);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        if (!stands() || !before.same(Traits.of(target))) {
            Files.move(target, file);
            throw new FileSystemException(
                    file.toString(), null, "its folder was swapped for another while it was taken");
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
