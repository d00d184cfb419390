package org.mailchute.credentials;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where a person's sign-in is kept: refresh token and all, so nobody but the owner may read it. Where the file system knows
 * no POSIX permissions, the folder's own rights must see to that.
 *
 * @param path the file, in a folder of its own
 */
public record TokenFile(Path path) {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    /**
     * What was kept.
     *
     * @param signIn the command that makes the file, for the remedy
     * @throws CredentialException when there is none, or others may read it
     */
    SecretText read(String signIn) throws CredentialException {
        try {
            if (posix() && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
                throw PemFile.fault(
                        path + " may be read by others",
                        "If that was an accident: chmod 600 " + path + "; if not, sign out everywhere and run: "
                                + signIn,
                        new IOException("not private"));
            }
            return new SecretText(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw PemFile.fault("nobody has signed in yet", "Run: " + signIn, e);
        } catch (IOException e) {
            throw PemFile.fault(path + " cannot be read", "Check its owner, or run: " + signIn, e);
        }
    }

    /** Looks whether there is a sign-in that could be used, for {@link DelegatedApp#signIn()}. */
    public void check(String signIn) throws CredentialException {
        read(signIn);
    }

    /** Replaces it as a whole: after a crash it holds the old sign-in or the new one. */
    void write(SecretText sign) throws IOException {
        Files.createDirectories(folder(), attributes("rwx------"));
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), attributes("rw-------"))) {
            Channels.newOutputStream(channel).write(sign.reveal().getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
        Files.move(fresh, path, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private Path folder() {
        return path.resolveSibling("");
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
