package org.mailchute.watch;

import java.nio.file.FileSystemException;

/** A file was taken and somebody writes on. Its claim rests, and is tried again when that has ended. */
final class StillWritten extends FileSystemException {
    private static final long serialVersionUID = 1;

    StillWritten(String file, String why) {
        super(file, null, why);
    }
}
