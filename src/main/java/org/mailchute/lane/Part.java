package org.mailchute.lane;

import java.util.List;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.reply.Outcome;

/** The recipients of one attempt that share one outcome; here recipients with different outcomes part ways. */
public record Part(Outcome outcome, List<ForwardPath> recipients) {
    public Part {
        recipients = List.copyOf(recipients);
    }

    /** What the route chooses by: {@code accepted}, {@code deferred} or {@code rejected}. */
    public String kind() {
        if (outcome instanceof Outcome.Accepted) {
            return "accepted";
        }
        return outcome instanceof Outcome.Deferred ? "deferred" : "rejected";
    }
}
