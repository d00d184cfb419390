package org.mailchute.polled;

/**
 * A file as its server lists it.
 *
 * @param size octets; negative where the server does not tell
 * @param modified milliseconds since 1970 as far as the listing tells, which may be to the minute or day only
 */
public record ListedFile(String name, long size, long modified) {
    /** What changes when the file does, if the listing shows it. */
    String traits() {
        return size + "/" + modified;
    }
}
