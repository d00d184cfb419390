package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A claim's file becomes a payload. */
final class Adoption {
    private Adoption() {}

    /**
     * Without copying it, unless the messages have a disk or a mount of their own; harmless when it is one already. That no link is possible
     * only the trial tells: two mounts of one disk are one for Java ({@code findings/java-one-file-store-two-mounts.sh}).
     */
    static void of(Path file, Path payload) throws IOException {
        try {
            Files.createLink(payload, file);
        } catch (FileAlreadyExistsException e) {
            // a crash came between this and the enqueue; the payload is the same file
        } catch (FileSystemException e) {
            copied(payload, file);
        }
    }

    /** Under its name once it is whole; forced to the disk by {@link Spool#keep}. */
    private static void copied(Path payload, Path file) throws IOException {
        Path fresh = payload.resolveSibling(payload.getFileName() + ".new");
        try {
            Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, payload, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }
}
