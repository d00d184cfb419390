package org.mailchute.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/** {@code ticket}: fixes, once, everything that every attempt will say. A request from a queue has its ticket already. */
public final class MakeTicket {
    static final String DUPLICATE_ID = "duplicateId";
    /** The ticket did not exist before this exchange. */
    static final String FRESH = "fresh";

    static final String TICKET = "ticket";

    private final Map<String, FileIntake> intakes;
    private final Spool spool;
    private final Clock clock;

    public MakeTicket(Map<String, FileIntake> intakes, Spool spool, Clock clock) {
        this.intakes = intakes;
        this.spool = spool;
        this.clock = clock;
    }

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
        exchange.setProperty(DUPLICATE_ID, SourceIdentity.of(exchange).duplicateId(ticket));
        exchange.getMessage().setBody(ticket);
    }

    private Ticket of(Exchange exchange, Claimed claimed) throws IOException, Refused {
        for (Companion file : claimed.files()) {
            mustBePlain(file);
        }
        if (spool.has(claimed.queueId())) {
            return spool.read(claimed.queueId());
        }
        exchange.setProperty(FRESH, true);
        return Intake.of(exchange, intakes).ticket(claimed, clock.instant());
    }

    private static void mustBePlain(Companion file) throws Refused {
        if (!Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(
                    "\"" + file.name() + "\", part of this scan, went away or changed while it was being taken",
                    "scan again; or put all its files back together");
        }
        if (!Files.isRegularFile(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(
                    "\"" + file.name() + "\" is not a plain file but a link or the like",
                    "put the file itself there; Mailchute follows no links");
        }
    }
}
