package org.mailchute.doctor;

import java.util.List;

/**
 * What the settings mean to do with a lane.
 *
 * @param sendsAs senders other than the mailbox that logs in, where the lane leaves them
 * @param outside patterns of rules that route over it to domains none of our senders has
 * @param takeOver lanes that may follow it in a rule
 * @param sameMailbox other lanes that log in as the same mailbox
 * @param sessions of its mailbox, whose lanes share them
 * @param perMinute messages of its mailbox, whose lanes share them; 0 without a limit
 * @param perHour messages of its mailbox, whose lanes share them; 0 without a limit
 * @param perDay recipients of its mailbox, whose lanes share them; 0 without a limit
 */
public record Plan(
        List<String> sendsAs,
        List<String> outside,
        List<String> takeOver,
        List<String> sameMailbox,
        int sessions,
        int perMinute,
        int perHour,
        int perDay) {
    public Plan {
        sendsAs = List.copyOf(sendsAs);
        outside = List.copyOf(outside);
        takeOver = List.copyOf(takeOver);
        sameMailbox = List.copyOf(sameMailbox);
    }
}
