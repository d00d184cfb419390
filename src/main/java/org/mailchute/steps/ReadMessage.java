package org.mailchute.steps;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.intake.DotStuffing;
import org.mailchute.intake.Refused;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;

/** {@code readMessage}: a message that came by SMTP becomes a ticket, with the envelope that SMTP was told. */
public record ReadMessage(Map<String, MessageIntake> intakes, Spool spool, Clock clock) {
    /** Body: the {@link Submitted}; afterwards the {@link Ticket}. */
    @Handler
    public void read(Exchange exchange) throws IOException, Refused {
        MessageIntake intake = Intake.of(exchange, intakes);
        Submitted came = exchange.getMessage().getBody(Submitted.class);
        Claim.attach(exchange, intake, came.message());
        exchange.setProperty(MakeTicket.FRESH, true);
        exchange.getMessage().setBody(ticket(intake, came));
    }

    private Ticket ticket(MessageIntake intake, Submitted came) throws IOException, Refused {
        QueueId id = came.message().queueId();
        Ticket.Source source = new Ticket.Source(intake.kind(), intake.name(), came.device(), "");
        try (InputStream message = message(came)) {
            return intake.reader()
                    .read(
                            message,
                            Optional.of(came.envelope()),
                            id,
                            source,
                            clock.instant(),
                            number -> spool.create(id, number));
        }
    }

    private static InputStream message(Submitted came) throws IOException {
        InputStream message =
                new BufferedInputStream(Files.newInputStream(came.message().file()), 1 << 16);
        return came.dotsDoubled() ? DotStuffing.undoneAfterLoneLf(message) : message;
    }
}
