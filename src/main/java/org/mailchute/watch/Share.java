package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a watched folder that was a share's mount point still is one: an unmounted share leaves an empty folder behind, in which
 * nobody misses anything. Where the system tells of devices (not Windows).
 */
public final class Share {
    private boolean mounted;

    /** What stands against looking into the folder, as a sentence; empty when nothing. */
    public Optional<String> lacks(Path folder) {
        Optional<Boolean> now = isMountPoint(folder);
        mounted |= now.orElse(false);
        return mounted && !now.orElse(true) ? Optional.of("its share is not mounted any more") : Optional.empty();
    }

    private static Optional<Boolean> isMountPoint(Path folder) {
        Path above = folder.toAbsolutePath().normalize().getParent();
        if (above == null
                || !folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        try {
            return Optional.of(!Files.getAttribute(folder, "unix:dev").equals(Files.getAttribute(above, "unix:dev")));
        } catch (IOException e) {
            return Optional.empty(); // said by whoever needs it
        }
    }
}
