package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How many files may lie in one watched folder and those below it. Camel lists a folder whole, and what was seen of each file is
 * remembered until the next look, so whoever may write there could end the gateway, and end it again at each start. Counted before
 * it is listed. For the thread that polls.
 */
public final class FolderRoom {
    /** Of the heap: several folders may be watched, and mail needs some too. */
    private static final int SHARE_OF_HEAP = 4;

    /** Octets, beside its path, which is kept three times: by Camel, by {@code Stability} and by {@code WaitingFiles}. */
    private static final int OF_A_FILE = 400;

    private static final int PATHS = 3;

    private final long most;
    private long taken;

    /** @param most octets that may be used for one look */
    FolderRoom(long most) {
        this.most = most;
    }

    /** For one watched folder: with a heap of 256 MB some 100,000 files. */
    public static FolderRoom ofHeap() {
        return new FolderRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** A look begins. */
    public void begin() {
        taken = 0;
    }

    /** What stands against listing this folder too, as a sentence about it; empty when nothing. What cannot be read is another's to tell. */
    public Optional<String> lacks(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                taken += OF_A_FILE + PATHS * (long) file.toString().length();
                if (taken > most) {
                    return Optional.of(
                            "it holds more files than fit into memory; clear it of those that stay, or give Java more (-Xmx)");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
