package org.mailchute.steps;

import java.util.function.Supplier;
import org.apache.camel.Handler;
import org.mailchute.intake.AcceptPolicy;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Ticket;

/** {@code accept}: may this sender send this to these recipients? */
public record Accept(Supplier<AcceptPolicy> policy) {
    /** @throws Refused with reason and remedy */
    @Handler
    public Ticket accept(Ticket ticket) throws Refused {
        policy.get().check(ticket);
        return ticket;
    }
}
