package org.mailchute.spool;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A link leads to a folder, or a part of its path is none. */
final class LinkedFolder extends FileSystemException {
    @Serial
    private static final long serialVersionUID = 1;

    LinkedFolder(Path folder) {
        super(folder.toString(), null, "a part of its path is a link, or no folder; links are not followed there");
    }
}
