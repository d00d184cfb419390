package org.mailchute.notice;

import java.util.Optional;
import org.mailchute.envelope.MailAddress;
import org.mailchute.trace.DeliveryEvent;

/** Who is told of a message. Nobody whom the message itself names, but its sender, where that is one of ours. */
record WhoIsTold(NoticePlan plan) {
    /**
     * The intake's owner, where its settings give a device's address to all that comes by it; else the sender, where it is a mailbox of
     * an own domain; else the owner.
     *
     * @return empty for the administrator
     */
    Optional<MailAddress> of(DeliveryEvent event) {
        Optional<NoticePlan.Owner> owner = Optional.ofNullable(plan.owners().get(event.source()));
        Optional<MailAddress> sender = sender(event.from());
        boolean device = owner.flatMap(NoticePlan.Owner::fixed).equals(sender);
        return sender.filter(ours -> owner.isEmpty() || !device).or(() -> owner.map(NoticePlan.Owner::address));
    }

    private Optional<MailAddress> sender(String from) {
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(MailAddress.parse(from))
                        .filter(address -> plan.domains().contains(address.domain()));
    }
}
