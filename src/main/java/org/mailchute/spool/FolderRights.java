package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Tries in a folder what will be done there with mail: a file is made, renamed and deleted. */
public final class FolderRights {
    private static final String USER = System.getProperty("user.name");
    private static final int STICKY = 01000;

    private FolderRights() {}

    /**
     * What stands against it.
     *
     * @param what names folder and user
     */
    public record Lack(String what, String remedy) {
        @Override
        public String toString() {
            return what + "; " + remedy;
        }
    }

    /** Of one that is not there: what stands against making it. Empty when nothing does, for the user that this process runs as. */
    public static Optional<Lack> lack(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && Files.notExists(there)) {
            there = there.getParent();
        }
        try {
            attempt(there);
            return isOthers(there) ? Optional.of(sticky(there)) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Lack(
                    "the user %s cannot make, rename and delete files in %s (%s)".formatted(USER, there, why(e)),
                    "give it the right to write there (and look whether the disk is mounted for writing, and named in"
                            + " ReadWritePaths of a systemd unit)"));
        }
    }

    /** That this process does not run as the user who owns home, so that what was tried says nothing of the gateway. */
    public static Optional<Lack> stranger(Path home) {
        try {
            String owner = Files.exists(home) ? Files.getOwner(home).getName() : USER;
            return owner.equals(USER)
                    ? Optional.empty()
                    : Optional.of(new Lack(
                            "folders were tried as %s, and not as %s, whose home is %s".formatted(USER, owner, home),
                            "let the user %s ask".formatted(owner)));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // where files have no owners
        }
    }

    /** By names that no intake takes. */
    private static void attempt(Path folder) throws IOException {
        Path made = Files.createTempFile(folder, ".mailchute-", ".tmp");
        Path renamed = made.resolveSibling(made.getFileName() + ".tmp");
        try {
            Files.move(made, renamed, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(renamed);
        }
    }

    private static String why(IOException e) {
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return e.getClass().getSimpleName() + (reason == null ? "" : ": " + reason);
    }

    /** Of a sticky folder only who owns it takes the files of others out. */
    private static boolean isOthers(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                && (mode & STICKY) != 0
                && !USER.equals("root")
                && !Files.getOwner(folder).getName().equals(USER);
    }

    private static Lack sticky(Path folder) {
        return new Lack(
                "the user %s cannot take files of others out of %s, which is sticky".formatted(USER, folder),
                "chmod -t %s, or make it this user's".formatted(folder));
    }
}
