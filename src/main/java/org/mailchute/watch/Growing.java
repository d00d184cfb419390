package org.mailchute.watch;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.mailchute.formats.FileWindow;
import org.mailchute.formats.TiffDirectories;

/**
 * Kinds of files that are whole after each page, so that nothing in them tells whether more will come: TIFF. Such a file must be
 * quiet for longer, and nobody may have it open for writing, as far as that can be known.
 */
public final class Growing {
    /** Times as long as other files. */
    static final int PATIENCE = 3;

    private final Path file;
    private final boolean grows;

    private Growing(Path file) {
        this.file = file;
        this.grows = grows(file);
    }

    /** Looks at how the file begins. */
    public static Growing of(Path file) {
        return new Growing(file);
    }

    /** How long it must be unchanged, where others must be so for {@code stableFor}. */
    public Duration quiet(Duration stableFor) {
        return grows ? stableFor.multipliedBy(PATIENCE) : stableFor;
    }

    /** Why more may come though the file is whole, as a sentence about it; empty when nothing tells so. */
    public Optional<String> more() {
        return grows
                ? OpenWriters.of(file)
                        .map(writer -> "it is a TIFF, which is whole after each page, and " + writer
                                + " still has it open for writing")
                : Optional.empty();
    }

    private static boolean grows(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            String head = new FileWindow(channel, ByteOrder.BIG_ENDIAN).latin(0, TiffDirectories.START);
            return TiffDirectories.order(head).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
