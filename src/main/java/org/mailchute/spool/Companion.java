package org.mailchute.spool;

import java.nio.file.Path;

/**
 * A file that belongs to a scan beside its first one, and is claimed together with it.
 *
 * @param role what it is to the scan
 * @param name its name at its source
 * @param file where it is now
 */
public record Companion(Role role, String name, Path file) {
    /** What a file is to its scan. */
    public enum Role {
        /** A page, or another part of what was scanned: an attachment. */
        PAGE,
        /** Says who gets the scan; never sent. */
        SIDECAR
    }

    /** One at its source. */
    public static Companion at(Role role, Path source) {
        return new Companion(role, source.getFileName().toString(), source);
    }
}
