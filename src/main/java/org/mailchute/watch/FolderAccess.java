package org.mailchute.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a folder can be looked into. Camel takes one that cannot be for an empty one, and says nothing. */
public final class FolderAccess {
    private FolderAccess() {}

    /** What stands against it, as a sentence about it; empty when nothing. */
    public static Optional<String> lacks(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.of(Files.exists(folder) ? "it is a file, not a folder" : "the folder is not there");
        }
        return Files.isReadable(folder) && Files.isExecutable(folder)
                ? Optional.empty()
                : Optional.of("the user that Mailchute runs as may not look into the folder");
    }
}
