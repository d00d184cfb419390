package org.mailchute.tracestore;

import java.time.Instant;
import java.util.List;

/**
 * A message, as it was taken, and what has become of it.
 *
 * @param source intake kind and name
 * @param name of the file, or as the device or application called it; empty where that is not known or not kept
 * @param bytes of its payloads; 0 for what was refused
 * @param pages of the scan; 0 where they are not known
 */
public record TracedMessage(
        String queueId,
        String messageId,
        String source,
        String name,
        String subject,
        String sender,
        long bytes,
        Instant received,
        int pages,
        List<TracedRecipient> recipients) {
    public TracedMessage {
        recipients = List.copyOf(recipients);
    }

    /** What it came to, for one recipient at least. */
    public List<TraceQuery.Outcome> outcomes() {
        return recipients.stream()
                .map(TracedRecipient::outcome)
                .distinct()
                .sorted()
                .toList();
    }

    TracedMessage with(List<TracedRecipient> all) {
        return new TracedMessage(queueId, messageId, source, name, subject, sender, bytes, received, pages, all);
    }

    /** @param lane by which it went or shall go; empty where none was chosen */
    public record TracedRecipient(String address, TraceQuery.Outcome outcome, String lane, Instant since) {}
}
