package org.mailchute.spool;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is replaced as a whole: after a crash at any moment it holds the old bytes or the new ones. */
public record WholeFile(Path path) {

    /** On disk under another name first, then renamed over the old file. */
    public void replace(byte[] bytes) throws IOException {
        Path fresh = fresh();
        try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            Channels.newOutputStream(channel).write(bytes);
            channel.force(true);
        }
        Files.move(fresh, path, ATOMIC_MOVE);
    }

    /** What a crash leaves under another name, where it came before the renaming. */
    Path fresh() {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    /** As {@link #replace}, with the new name on disk too where the system has folders that can be forced (Windows has not). */
    public void replaceForGood(byte[] bytes) throws IOException {
        replace(bytes);
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(folder, READ)) {
                names.force(true);
            }
        }
    }
}
