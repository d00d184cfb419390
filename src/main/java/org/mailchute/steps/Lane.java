package org.mailchute.steps;

import java.time.Duration;
import org.mailchute.limits.Budget;
import org.mailchute.limits.Pace;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.SessionPool;

/**
 * One lane at work.
 *
 * @param budget what it may still send today
 * @param pace how fast it goes at the moment
 * @param sessions its kept sessions
 * @param heard what its server has said of deliveries that the broker may give again
 * @param sender as whom it sends
 * @param uncertainWait least wait before a possible duplicate is sent (RFC 5321 4.5.3.2.6: 10 minutes)
 */
public record Lane(
        NextHop nextHop,
        SendingLimits limits,
        Budget budget,
        Pace pace,
        SessionPool sessions,
        HeardNotes heard,
        SenderPolicy sender,
        Duration uncertainWait) {
    public String name() {
        return nextHop.lane();
    }

    /** Submission, direct-send or relay; also the middle part of its queue's name. */
    public String option() {
        return nextHop.option().label();
    }

    /** Its queue at the broker. */
    public String queue() {
        return Queues.lane(option(), name());
    }
}
