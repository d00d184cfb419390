package org.mailchute.notice;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailchute.envelope.MailAddress;

/**
 * Who is told, and how often.
 *
 * @param from author of each notice; empty where there are none
 * @param to the administrator's address; empty where a webhook alone tells him
 * @param webhook what the administrator is told is posted there, too
 * @param delay a message that has waited for so long is told of; zero for never
 * @param digest the same cause is told again after so long at the earliest, with counts
 * @param mostAnHour notices in any hour, to all together
 * @param owners by an intake's label, such as {@code folder:scans}
 * @param domains whose mailboxes are told of their own mail, in lower case
 */
public record NoticePlan(
        Optional<MailAddress> from,
        Optional<MailAddress> to,
        Optional<WebhookPlan> webhook,
        Duration delay,
        Duration digest,
        int mostAnHour,
        Map<String, Owner> owners,
        Set<String> domains) {
    /** Nobody is told anything. */
    public static final NoticePlan OFF = new NoticePlan(
            Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, Duration.ZERO, 0, Map.of(), Set.of());

    /**
     * Who answers for an intake.
     *
     * @param fixed the sender that the settings give to all of its mail: a device's, and no person's
     */
    public record Owner(MailAddress address, Optional<MailAddress> fixed) {}

    public NoticePlan {
        owners = Map.copyOf(owners);
        domains = Set.copyOf(domains);
    }

    /** Whether anybody is told anything. */
    public boolean isOn() {
        return from.isPresent();
    }

    /** The same for the intakes of another plan. */
    public NoticePlan about(NoticePlan other) {
        return new NoticePlan(from, to, webhook, delay, digest, mostAnHour, other.owners, other.domains);
    }

    /** The same without what is posted. */
    public NoticePlan withoutWebhook() {
        return new NoticePlan(from, to, Optional.empty(), delay, digest, mostAnHour, owners, domains);
    }
}
