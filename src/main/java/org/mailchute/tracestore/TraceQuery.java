package org.mailchute.tracestore;

import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for.
 *
 * @param words each is, or begins, a word of the message: of its addresses, names, subject, Message-ID, queue id or intake
 * @param since received then or later
 * @param until received before
 * @param outcome of one recipient at least
 * @param most messages to be told of, the newest first
 */
public record TraceQuery(String words, Instant since, Instant until, Optional<Outcome> outcome, int most) {
    /** What has become of a message for a recipient by now. */
    public enum Outcome {
        WAITING,
        ACCEPTED,
        DEFERRED,
        DEAD,
        REFUSED,
        DROPPED
    }
}
