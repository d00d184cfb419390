package org.mailchute.limits;

import java.time.Duration;

/**
 * What one lane may do; but sessions and the three rates are those of its mailbox, for all lanes that log in as it. Microsoft's
 * figures for client submission are the defaults of a submission lane.
 *
 * @param sessions concurrent SMTP sessions, 1 to 50 (Microsoft: 3 a mailbox)
 * @param messagesPerMinute 0 for no limit (Microsoft: 30 a mailbox)
 * @param messagesPerHour 0 for no limit (Azure Communication Services: 100 at first)
 * @param recipientsPerDay in any 24 hours, 0 for no limit (Microsoft: 10,000 a mailbox)
 * @param recipientsPerMessage in one transaction (Microsoft: 500; 200 of one domain at an MX host)
 * @param messageBytes of the finished MIME message, base64 included (Microsoft: 35 MB by default, 150 MB at most)
 */
public record SendingLimits(
        int sessions,
        int messagesPerMinute,
        int messagesPerHour,
        int recipientsPerDay,
        int recipientsPerMessage,
        long messageBytes) {
    /** @throws IllegalArgumentException out of range */
    public SendingLimits {
        if (sessions < 1 || sessions > 50 || messagesPerMinute < 0 || messagesPerHour < 0 || recipientsPerDay < 0) {
            throw new IllegalArgumentException("limits out of range");
        }
        if (recipientsPerMessage < 1 || recipientsPerMessage > 1000 || messageBytes < 1) {
            throw new IllegalArgumentException("limits out of range");
        }
    }

    /** Of lanes that share a mailbox the lowest figures hold; what one message may be stays each lane's own. */
    public SendingLimits sharedWith(SendingLimits other) {
        return new SendingLimits(
                Math.min(sessions, other.sessions),
                lower(messagesPerMinute, other.messagesPerMinute),
                lower(messagesPerHour, other.messagesPerHour),
                lower(recipientsPerDay, other.recipientsPerDay),
                recipientsPerMessage,
                messageBytes);
    }

    private static int lower(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /** In one transaction: a message for more than a whole day's budget would never be sent. */
    public int recipientsAtOnce() {
        return recipientsPerDay == 0 ? recipientsPerMessage : Math.min(recipientsPerDay, recipientsPerMessage);
    }

    /** How long so many messages take at the least. */
    public Duration time(long messages) {
        long byMinute = messagesPerMinute == 0 ? 0 : messages * 60 / messagesPerMinute;
        long byHour = messagesPerHour == 0 ? 0 : messages * 3_600 / messagesPerHour;
        return Duration.ofSeconds(Math.max(byMinute, byHour));
    }
}
