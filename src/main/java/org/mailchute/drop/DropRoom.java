package org.mailchute.drop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * How much may wait in one device's folder.
 *
 * @param closed whether the intake takes nothing now, since too much of it was refused
 */
record DropRoom(Path folder, Quota quota, BooleanSupplier closed) {
    /** @throws DropRefused when there is none for one more file */
    void checkFiles() throws IOException {
        if (closed.getAsBoolean()) {
            throw new DropRefused(
                    DropRefused.OVER_QUOTA,
                    "Too much of what came from here was refused and waits to be looked at. Send it again later.");
        }
        FolderContent rest = FolderContent.in(folder);
        // half files are among those that rest
        if (rest.files() >= quota.files()) {
            throw full(quota.files() + " files");
        }
        if (rest.bytes() >= quota.bytes()) {
            throw full();
        }
    }

    /** @throws DropRefused when there is none for one more folder */
    void checkFolders() throws IOException {
        if (FolderContent.in(folder).folders() >= quota.files()) {
            throw full(quota.files() + " folders");
        }
    }

    /** Octets that may still come now; the intake makes room while they do. */
    long bytes() throws IOException {
        return quota.bytes() - FolderContent.in(folder).bytes();
    }

    DropRefused full() {
        return full(quota.bytes() + " bytes");
    }

    private static DropRefused full(String what) {
        return new DropRefused(DropRefused.OVER_QUOTA, "The quota of " + what + " is reached. Send it again later.");
    }
}
