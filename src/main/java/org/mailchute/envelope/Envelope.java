package org.mailchute.envelope;

import java.util.List;

/**
 * What SMTP is told: one reverse path and at least one forward path (RFC 5321 section 2.3.1). It never comes from, and
 * never changes, the header fields a reader sees.
 */
public record Envelope(ReversePath reversePath, List<ForwardPath> forwardPaths) {
    /** @throws IllegalArgumentException without a recipient */
    public Envelope {
        forwardPaths = List.copyOf(forwardPaths);
        if (forwardPaths.isEmpty()) {
            throw new IllegalArgumentException("an envelope needs at least one recipient");
        }
    }
}
