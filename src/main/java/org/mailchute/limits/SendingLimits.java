package org.mailchute.limits;

/**
 * What one lane may do. Microsoft's figures for client submission are the defaults of a submission lane.
 *
 * @param sessions concurrent SMTP sessions, 1 to 50 (Microsoft: 3 a mailbox)
 * @param messagesPerMinute 0 for no limit (Microsoft: 30 a mailbox)
 * @param recipientsPerDay in any 24 hours, 0 for no limit (Microsoft: 10,000 a mailbox)
 * @param recipientsPerMessage in one transaction (Microsoft: 500; 200 of one domain at an MX host)
 * @param messageBytes of the finished MIME message, base64 included (Microsoft: 35 MB by default, 150 MB at most)
 */
public record SendingLimits(
        int sessions, int messagesPerMinute, int recipientsPerDay, int recipientsPerMessage, long messageBytes) {
    /** @throws IllegalArgumentException out of range */
    public SendingLimits {
        if (sessions < 1 || sessions > 50 || messagesPerMinute < 0 || recipientsPerDay < 0) {
            throw new IllegalArgumentException("limits out of range");
        }
        if (recipientsPerMessage < 1 || recipientsPerMessage > 1000 || messageBytes < 1) {
            throw new IllegalArgumentException("limits out of range");
        }
    }
}
