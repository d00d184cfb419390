package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How many files may lie in one watched folder and those below it. Camel lists a folder whole, so whoever may write there could end the
 * gateway, and end it again at each start. Counted before it is listed. For the thread that polls.
 */
public final class FolderRoom {
    private static final String REMEDY = "; clear it of those that stay, or give Java more (-Xmx)";

    /** Of the heap: several folders may be watched, and mail needs some too. */
    private static final int SHARE_OF_HEAP = 4;

    /** Octets that {@link java.io.File#listFiles()} takes, beside path and name, which it has both for a moment. */
    private static final int LISTED = 140;

    /** Octets, beside the path, of which {@link Stability} and {@link WaitingFiles} have one each. */
    private static final int REMEMBERED = 420;

    private static final int LATIN_1 = 0x100;

    private final long most;
    private final Stability stability;
    private long taken;

    /**
     * @param most octets that may be used for one look
     * @param stability remembers its files
     */
    FolderRoom(long most, Stability stability) {
        this.most = most;
        this.stability = stability;
    }

    /** For one watched folder: with a heap of 64 MB some 60,000 files, if it need not remember them all. */
    public static FolderRoom ofHeap(Stability stability) {
        return new FolderRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, stability);
    }

    /** A look begins. */
    public void begin() {
        taken = 0;
        stability.begin();
    }

    /** What stands against listing this folder too, as a sentence about it; empty when nothing. What cannot be read is another's to tell. */
    public Optional<String> lacks(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                taken += listed(file) + (stability.isLimited() ? 0 : remembered(file.toString()));
                if (taken > most) {
                    return Optional.of("it holds more files than fit into memory" + REMEDY);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** What keeps files out though the folder is looked at, as a sentence about it; empty when nothing. */
    public Optional<String> crowded() {
        return stability.isCrowded()
                ? Optional.of("it holds so many files that stay that no other is looked at" + REMEDY)
                : Optional.empty();
    }

    private static long listed(Path file) {
        return LISTED + octets(file.toString()) + octets(file.getFileName().toString());
    }

    /** Octets of memory for a file that is remembered. */
    static long remembered(String path) {
        return REMEMBERED + 2 * octets(path);
    }

    private static long octets(String text) {
        return text.chars().allMatch(letter -> letter < LATIN_1) ? text.length() : 2L * text.length();
    }
}
