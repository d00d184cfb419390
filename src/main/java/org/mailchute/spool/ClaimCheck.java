package org.mailchute.spool;

import java.time.Instant;
import java.util.List;
import org.mailchute.envelope.ForwardPath;

/**
 * What travels through a lane's queue instead of the message: which ticket, for which of its recipients (Claim Check EIP).
 *
 * @param queueId the ticket
 * @param lane the lane whose queue it is in
 * @param lanes those that may carry it, this one among them, in the order they are asked
 * @param recipients those still to be served by this delivery, at least one
 * @param attempts attempts so far that counted; the place in the retry schedule
 * @param uncertain whether an earlier attempt ended without an answer after the final dot (promise P3)
 * @param queuedAt when it was first enqueued
 */
public record ClaimCheck(
        QueueId queueId,
        String lane,
        List<String> lanes,
        List<ForwardPath> recipients,
        int attempts,
        boolean uncertain,
        Instant queuedAt) {
    /** @throws IllegalArgumentException without a recipient or with negative attempts */
    public ClaimCheck {
        lanes = List.copyOf(lanes);
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || attempts < 0) {
            throw new IllegalArgumentException("a claim check needs a recipient and no fewer than 0 attempts");
        }
    }

    /** The same delivery for a part of its recipients. */
    public ClaimCheck forRecipients(List<ForwardPath> part) {
        return new ClaimCheck(queueId, lane, lanes, part, attempts, uncertain, queuedAt);
    }

    /** After an attempt that counts. */
    public ClaimCheck tried(boolean uncertainNow) {
        return new ClaimCheck(queueId, lane, lanes, recipients, attempts + 1, uncertain || uncertainNow, queuedAt);
    }

    /** Over another of its lanes. */
    public ClaimCheck over(String other) {
        return over(other, lanes);
    }

    /** Over a lane of other rules. */
    public ClaimCheck over(String other, List<String> rule) {
        return new ClaimCheck(queueId, other, rule, recipients, attempts, uncertain, queuedAt);
    }
}
