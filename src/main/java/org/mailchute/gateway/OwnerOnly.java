package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mail is nobody else's: other users of this machine do not come into home, whatever the umask was when it was made. Its
 * folders and files are closed one by one too, for a volume whose top is another's (Kubernetes) stays as it is.
 */
public final class OwnerOnly {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Nothing on systems whose files have no mode (Windows): there the rights of the parent folder count. */
    public static void close(Path home) throws IOException {
        if (!home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        narrow(home);
        try (Stream<Path> inside = Files.list(home)) {
            inside.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                            || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .forEach(OwnerOnly::narrow);
        }
    }

    /** Gives nobody a right, not even the owner. */
    private static void narrow(Path path) {
        try {
            Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
            Set<PosixFilePermission> kept = EnumSet.copyOf(OWNER);
            kept.retainAll(now);
            if (!kept.equals(now)) {
                Files.setPosixFilePermissions(path, kept);
            }
        } catch (IOException e) {
            LOG.info("{} may be open to other users of this machine: {}", path, e.toString());
        }
    }
}
