package org.mailchute.doctor;

import java.util.List;

/**
 * What the doctor does only when told to.
 *
 * @param testMail sends each sender of a submission lane a short mail of its own: whether it may Send As shows only then
 * @param blockLists DNS block lists to ask for our address, such as {@code zen.spamhaus.org} (RFC 5782)
 */
public record Extras(boolean testMail, List<String> blockLists) {
    /** Sends nothing, and asks nobody who may not like to be asked. */
    public static final Extras NONE = new Extras(false, List.of());

    public Extras {
        blockLists = List.copyOf(blockLists);
    }
}
