package org.mailchute.steps;

import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.jspecify.annotations.Nullable;
import org.mailchute.intake.Digested;
import org.mailchute.spool.Ticket;

/**
 * What makes a file on a server the same file when it is seen again: a crash between enqueue and its deletion there must
 * not mail it twice. The broker compares it (duplicate detection).
 */
record SourceIdentity(String place) {
    private static final String PROPERTY = "sourceIdentity";
    /** Of the hash, hexadecimal: 128 bits. */
    private static final int DIGITS = 32;

    private static final String REQUEST = "requestIdentity";

    static SourceIdentity of(GenericFile<?> file) {
        return new SourceIdentity(
                file.getAbsoluteFilePath() + "|" + file.getLastModified() + "|" + file.getFileLength());
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /**
     * One request with an id, in the one message it came in. That message is consumed in the same transaction, and comes again
     * only where that failed; where a lost consumer made it come while the first was under way, the broker takes one of the two.
     */
    static void ofRequest(Exchange exchange, String intake, String id, String content, String message) {
        exchange.setProperty(REQUEST, String.join("|", intake, id, content, message));
    }

    /** The id the broker remembers, short since it keeps 20,000 of them in memory; null for a request without an id. */
    static @Nullable String duplicateId(Exchange exchange, Ticket ticket) {
        String identity = identity(exchange, ticket);
        return identity == null ? null : Digested.sha256(identity).substring(0, DIGITS);
    }

    private static @Nullable String identity(Exchange exchange, Ticket ticket) {
        SourceIdentity server = exchange.getProperty(PROPERTY, SourceIdentity.class);
        if (server != null) {
            return ticket.source().intake() + "|" + server.place + "|"
                    + ticket.payloads().get(0).sha256();
        }
        if (ticket.source().kind().equals("jms")) {
            return exchange.getProperty(REQUEST, String.class);
        }
        return ticket.readyMade()
                .flatMap(Ticket.ReadyMade::identity)
                .map(same -> ticket.source().intake() + "|" + same)
                .orElseGet(() -> ticket.queueId().value());
    }
}
