package org.mailchute.spool;

import java.nio.file.Path;
import java.util.List;

/**
 * The files at a source that become one message, and so one claim.
 *
 * @param first the file, or the first page
 * @param name what it is called
 * @param subfolder where they lie below the intake's folder; empty when in that itself
 * @param companions further pages in their order, and the sidecar ticket
 */
public record Gathered(Path first, String name, String subfolder, List<Companion> companions) {
    public Gathered {
        companions = List.copyOf(companions);
    }

    public Gathered(Path first, String subfolder, List<Companion> companions) {
        this(first, first.getFileName().toString(), subfolder, companions);
    }

    /** A scan of one file, which was copied here from where it has this name. */
    public static Gathered copied(Path file, String name) {
        return new Gathered(file, name, "", List.of());
    }

    /** A scan of one file. */
    public static Gathered only(Path file, String subfolder) {
        return new Gathered(file, subfolder, List.of());
    }
}
