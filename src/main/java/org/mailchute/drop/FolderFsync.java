package org.mailchute.drop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the names in a folder durable. */
final class FolderFsync {
    private static final boolean SUPPORTED = !System.getProperty("os.name").startsWith("Windows");

    private FolderFsync() {}

    static void of(Path folder) throws IOException {
        if (!SUPPORTED) {
            return; // Windows cannot open a folder; NTFS journals names by itself
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
