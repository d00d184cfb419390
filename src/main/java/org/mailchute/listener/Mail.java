package org.mailchute.listener;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mailchute.envelope.Envelope;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.envelope.ReversePath;

/** One transaction as far as it has come: MAIL, and the recipients taken. */
final class Mail {
    final ReversePath reversePath;
    private final Set<ForwardPath> recipients = new LinkedHashSet<>();

    Mail(ReversePath reversePath) {
        this.reversePath = reversePath;
    }

    int recipients() {
        return recipients.size();
    }

    void add(ForwardPath recipient) {
        recipients.add(recipient);
    }

    Envelope envelope() {
        return new Envelope(reversePath, List.copyOf(recipients));
    }
}
