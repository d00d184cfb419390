package org.mailchute.steps;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code alreadyEnqueued}: the broker knows this input from before a crash; what was made for it again is thrown away. */
public record AlreadyEnqueued(Spool spool) {
    private static final Logger LOG = LoggerFactory.getLogger(AlreadyEnqueued.class);

    @Handler
    public void forget(Exchange exchange) throws IOException {
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        LOG.info(
                "id={} source={}:{} file=\"{}\" was enqueued before, nothing to do",
                ticket.queueId(),
                ticket.source().kind(),
                ticket.source().intake(),
                ticket.source().name());
        if (exchange.getProperty(MakeTicket.FRESH, false, Boolean.class)) {
            spool.discard(ticket.queueId());
        }
    }
}
