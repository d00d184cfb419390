package org.mailchute.spool;

import java.nio.file.Path;
import java.util.List;

/**
 * The files at a source that become one message, and so one claim.
 *
 * @param first the file, or the first page
 * @param subfolder where they lie below the intake's folder; empty when in that itself
 * @param companions further pages in their order, and the sidecar ticket
 */
public record Gathered(Path first, String subfolder, List<Companion> companions) {
    public Gathered {
        companions = List.copyOf(companions);
    }

    /** A scan of one file. */
    public static Gathered only(Path file, String subfolder) {
        return new Gathered(file, subfolder, List.of());
    }
}
