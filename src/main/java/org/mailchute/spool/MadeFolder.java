package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Folders for mail that we make outside of home. A place that was not there is the owner's alone. Within a place that somebody else
 * made, a share or an archive that others are to read, they are open to those whom that is open to, as far as the umask allows.
 */
final class MadeFolder {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private MadeFolder() {}

    /** @param place which {@code folder} is, or lies in */
    static void make(Path place, Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        if (there.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> rights = EnumSet.copyOf(OWNER);
            if (there.startsWith(place.toAbsolutePath().normalize())) {
                rights.addAll(Files.getPosixFilePermissions(there));
            }
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(rights));
        } else {
            Files.createDirectories(folder); // on Windows the rights of the folder around it count
        }
    }
}
