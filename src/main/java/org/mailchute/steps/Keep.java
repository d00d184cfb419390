package org.mailchute.steps;

import java.io.IOException;
import org.apache.camel.Handler;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/** {@code keep}: ticket and payloads are on disk before the broker hears of the message (promise P2). */
public record Keep(Spool spool) {
    @Handler
    public Ticket keep(Ticket ticket) throws IOException {
        spool.keep(ticket);
        return ticket;
    }
}
