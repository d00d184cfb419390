package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Folders for mail that we make outside of home. A place that was not there is the owner's alone. Within a place that somebody else
 * made, a share or an archive that others are to read, they are open to those whom that is open to: to its group whatever the umask is,
 * to others as far as that allows.
 */
final class MadeFolder {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("---rwx---");

    private MadeFolder() {}

    /** @param place which {@code folder} is, or lies in */
    static void make(Path place, Path folder) throws IOException {
        Path wanted = folder.toAbsolutePath().normalize();
        Path there = wanted;
        while (there.getParent() != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        if (!there.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder); // on Windows the rights of the folder around it count
        } else if (there.startsWith(place.toAbsolutePath().normalize())) {
            makeAs(there, wanted);
        } else {
            Files.createDirectories(wanted, PosixFilePermissions.asFileAttribute(OWNER));
        }
    }

    /** The umask takes away only what others could do. */
    private static void makeAs(Path there, Path wanted) throws IOException {
        PosixFileAttributes around = view(there).readAttributes();
        Set<PosixFilePermission> rights = EnumSet.copyOf(OWNER);
        rights.addAll(around.permissions());
        Files.createDirectories(wanted, PosixFilePermissions.asFileAttribute(rights));
        for (int names = wanted.getNameCount(); names > there.getNameCount(); names--) {
            share(view(wanted.getRoot().resolve(wanted.subpath(0, names))), around);
        }
    }

    private static PosixFileAttributeView view(Path folder) {
        return Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Its group, and what this may do; a file cannot be entered. */
    static void share(PosixFileAttributeView made, PosixFileAttributes around) throws IOException {
        PosixFileAttributes is = made.readAttributes();
        Set<PosixFilePermission> rights = EnumSet.copyOf(is.permissions());
        rights.removeAll(GROUP);
        Set<PosixFilePermission> groups = EnumSet.copyOf(GROUP);
        groups.retainAll(around.permissions());
        rights.addAll(groups);
        if (!is.isDirectory()) {
            rights.remove(PosixFilePermission.GROUP_EXECUTE);
        }
        if (!is.group().equals(around.group())) {
            made.setGroup(around.group());
        }
        if (!rights.equals(is.permissions())) {
            made.setPermissions(rights);
        }
    }
}
