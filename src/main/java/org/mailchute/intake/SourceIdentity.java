package org.mailchute.intake;

import org.jspecify.annotations.Nullable;
import org.mailchute.spool.Ticket;

/**
 * What makes input the same input when it comes again: a crash between enqueue and its end at the source must not mail it twice.
 * The broker compares it (duplicate detection).
 */
@FunctionalInterface
public interface SourceIdentity {
    /** Of the hash, hexadecimal: 128 bits. */
    int DIGITS = 32;

    /** All that makes it the same; null not to be compared. */
    @Nullable
    String whole(Ticket ticket);

    /** Of input that tells nothing of itself: a ready-made message by its own content, all else is new. */
    SourceIdentity OWN = ticket -> ticket.readyMade()
            .flatMap(Ticket.ReadyMade::identity)
            .map(same -> ticket.source().intake() + "|" + same)
            .orElseGet(() -> ticket.queueId().value());

    /** A file on a server, seen again there: path, time stamp and size as it lists them, and its content. */
    static SourceIdentity ofFile(String path, long modified, long size) {
        String place = path + "|" + modified + "|" + size;
        return ticket -> ticket.source().intake() + "|" + place + "|"
                + ticket.payloads().get(0).sha256();
    }

    /**
     * One request with an id, in the one message it came in. That message is consumed in the same transaction, and comes again
     * only where that failed; where a lost consumer made it come while the first was under way, the broker takes one of the two.
     *
     * @param id empty where it has none, and is not compared
     */
    static SourceIdentity ofRequest(String intake, String id, String content, String message) {
        @Nullable String same = id.isEmpty() ? null : String.join("|", intake, id, content, message);
        return ticket -> same;
    }

    /** The id the broker remembers, short since it keeps 20,000 of them in memory; null not to be compared. */
    default @Nullable String duplicateId(Ticket ticket) {
        String whole = whole(ticket);
        return whole == null ? null : Digested.sha256(whole).substring(0, DIGITS);
    }
}
