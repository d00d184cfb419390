package org.mailchute.lane;

import java.time.Duration;
import java.util.List;
import org.mailchute.broker.Queues;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.limits.Allowance;
import org.mailchute.limits.SendingLimits;
import org.mailchute.nexthop.Chunks;
import org.mailchute.nexthop.NextHop;
import org.mailchute.nexthop.SenderPolicy;
import org.mailchute.smtp.HeardNotes;
import org.mailchute.smtp.MailSender;

/**
 * One lane at work.
 *
 * @param allowance what its mailbox may still send, shared with other lanes of the same
 * @param sessions what sends its messages: its kept SMTP sessions, or requests to Microsoft Graph
 * @param heard what its server has said of deliveries that the broker may give again
 * @param sender as whom it sends
 * @param uncertainWait least wait before a possible duplicate is sent (RFC 5321 4.5.3.2.6: 10 minutes)
 * @param leaving it is not in the settings any more: it sends nothing, and what waits in its queue goes on over others
 */
public record Lane(
        NextHop nextHop,
        SendingLimits limits,
        Allowance allowance,
        MailSender sessions,
        HeardNotes heard,
        SenderPolicy sender,
        Duration uncertainWait,
        boolean leaving) {
    public String name() {
        return nextHop.lane();
    }

    /** Submission, direct-send, relay or graph; also the middle part of its queue's name. */
    public String option() {
        return nextHop.option().label();
    }

    /** Its queue at the broker. */
    public String queue() {
        return Queues.lane(option(), name());
    }

    /** So many recipients of a message as one transaction may have, and so on. */
    public List<List<ForwardPath>> transactions(List<ForwardPath> recipients) {
        return nextHop.option().toMxHost()
                ? Chunks.chunks(recipients, limits.recipientsAtOnce(), Chunks.PER_DOMAIN_AT_MX)
                : Chunks.chunks(recipients, limits.recipientsAtOnce());
    }
}
