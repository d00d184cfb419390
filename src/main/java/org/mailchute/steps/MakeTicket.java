package org.mailchute.steps;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.intake.PlainFiles;
import org.mailchute.intake.Refused;
import org.mailchute.intake.SourceIdentity;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/** {@code makeTicket}: fixes, once, everything that every attempt will say. A request from a queue has its ticket already. */
public record MakeTicket(Map<String, FileIntake> intakes, Spool spool, Clock clock) {
    static final String DUPLICATE_ID = "duplicateId";
    /** The ticket did not exist before this exchange. */
    static final String FRESH = "fresh";

    static final String TICKET = "ticket";
    private static final String IDENTITY = "sourceIdentity";

    /**
     * @throws Refused when the claimed input is not a plain file
     * @throws IOException when it cannot be read, or somebody writes to it still
     */
    @Handler
    public void ticket(Exchange exchange) throws IOException, Refused {
        Ticket ticket = exchange.getMessage().getBody() instanceof Claimed claimed
                ? of(exchange, claimed)
                : exchange.getMessage().getBody(Ticket.class);
        exchange.setProperty(TICKET, ticket);
        exchange.setProperty(DUPLICATE_ID, identity(exchange).duplicateId(ticket));
        exchange.getMessage().setBody(ticket);
    }

    /** Of input whose source tells what makes it the same; said before its ticket is made. */
    public static void identify(Exchange exchange, SourceIdentity identity) {
        exchange.setProperty(IDENTITY, identity);
    }

    private static SourceIdentity identity(Exchange exchange) {
        return exchange.getProperty(IDENTITY, SourceIdentity.OWN, SourceIdentity.class);
    }

    private Ticket of(Exchange exchange, Claimed claimed) throws IOException, Refused {
        PlainFiles.check(claimed);
        if (spool.has(claimed.queueId())) {
            return spool.read(claimed.queueId());
        }
        exchange.setProperty(FRESH, true);
        return Intake.of(exchange, intakes).ticket(claimed, clock.instant());
    }
}
