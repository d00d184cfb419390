package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder of home cannot be read or written: a right was taken away, its disk is read-only now or was unmounted, the process has no
 * file handle left. Asked only while it is suspected, by writing and reading a small file.
 */
final class SpoolTrouble implements DiskTrouble {
    private static final byte[] SOME = {'t', 'r', 'y'};

    private final Path folder;
    private final @Nullable Object then;
    private volatile boolean suspected;

    SpoolTrouble(Path folder) {
        this.folder = folder;
        this.then = key(folder);
    }

    /** Which folder has this name; null where there is none, or the system does not tell. */
    private static @Nullable Object key(Path folder) {
        try {
            return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** @return whether it fails now */
    boolean suspect() {
        suspected = true;
        return fault().isPresent();
    }

    @Override
    public Optional<String> fault() {
        if (!suspected) {
            return Optional.empty();
        }
        Optional<String> lack = lack();
        suspected = lack.isPresent();
        return lack.map(
                why -> folder + " cannot be read and written (" + why
                        + "): nothing is taken or sent until it can; mend its permissions, mount its disk, or give the process more file handles");
    }

    /** Suspects it when it cannot be opened. */
    void glance() {
        try (DirectoryStream<Path> unused = Files.newDirectoryStream(folder)) {
            // as well as that can tell
        } catch (IOException e) {
            suspected = true;
        }
    }

    private synchronized Optional<String> lack() {
        if (then != null && !then.equals(key(folder))) {
            return Optional.of("it is not the folder that it was at the start");
        }
        Path small = folder.resolve("try");
        try {
            Files.write(small, SOME);
            boolean same = Arrays.equals(Files.readAllBytes(small), SOME);
            Files.delete(small);
            return same ? Optional.empty() : Optional.of("what was written is read as something else");
        } catch (IOException e) {
            return Optional.of(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    @Override
    public String over() {
        return folder + " can be read and written again";
    }
}
