package org.mailchute.drop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ftpserver.ftplet.FtpFile;

/** A file or folder as a device may see it: name, size and time of its own, never content. */
record DropFile(DropFolder folder, DropPath path) implements FtpFile {
    private Path place() {
        return folder.place(path);
    }

    @Override
    public String getAbsolutePath() {
        return path.toString();
    }

    @Override
    public String getName() {
        return path.root() ? "/" : path.name();
    }

    @Override
    public boolean isHidden() {
        return false;
    }

    @Override
    public boolean isDirectory() {
        return Files.isDirectory(place(), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public boolean isFile() {
        return Files.isRegularFile(place(), LinkOption.NOFOLLOW_LINKS)
                || folder.empty().has(path);
    }

    @Override
    public boolean doesExist() {
        return isFile() || isDirectory();
    }

    /** Listed; there is no command that would read it. */
    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean isRemovable() {
        return false;
    }

    @Override
    public String getOwnerName() {
        return "device";
    }

    @Override
    public String getGroupName() {
        return "device";
    }

    @Override
    public int getLinkCount() {
        return 1;
    }

    @Override
    public long getLastModified() {
        try {
            return Files.getLastModifiedTime(place(), LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return 0; // taken meanwhile
        }
    }

    @Override
    public boolean setLastModified(long time) {
        return false;
    }

    @Override
    public long getSize() {
        try {
            return Files.isRegularFile(place(), LinkOption.NOFOLLOW_LINKS) ? Files.size(place()) : 0;
        } catch (IOException e) {
            return 0; // taken meanwhile
        }
    }

    @Override
    public Object getPhysicalFile() {
        return place().toFile();
    }

    @Override
    public boolean mkdir() {
        return false; // MakeFolder does it, with a reason where it cannot be
    }

    @Override
    public boolean delete() {
        return false;
    }

    @Override
    public boolean move(FtpFile destination) {
        return false; // RenameTo does it
    }

    @Override
    public List<DropFile> listFiles() {
        List<DropFile> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(place())) {
            for (Path file : found) {
                add(files, file.getFileName().toString());
            }
        } catch (NoSuchFileException e) {
            return List.of(); // taken meanwhile
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        folder.empty().in(path).stream()
                .map(empty -> new DropFile(folder, empty))
                .forEach(files::add);
        return files;
    }

    private void add(List<DropFile> files, String name) {
        try {
            files.add(new DropFile(folder, path.resolve(name)));
        } catch (DropRefused hidden) {
            // ours: what is under way
        }
    }

    @Override
    public OutputStream createOutputStream(long offset) throws IOException {
        throw new IOException("Store does it");
    }

    @Override
    public InputStream createInputStream(long offset) throws IOException {
        throw new IOException("write only");
    }
}
