package org.mailchute.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Ticket;

/**
 * The ticket of a pickup file, as applications write them for Exchange, IIS and .NET: a message with its envelope in it.
 *
 * @param reader the intake's rule
 * @param dots whether dots are doubled in its files
 */
public record PickupTicket(ReadyTicket reader, DotStuffing dots) {
    /** @throws Refused when it is no message that may be sent; the payload is to be discarded then */
    public Ticket make(Claimed claimed, String kind, Instant now, PayloadSink sink) throws IOException, Refused {
        Ticket.Source source = new Ticket.Source(kind, claimed.intake(), Shown.line(claimed.name()), "");
        try (InputStream message = dots.open(() -> open(claimed.file()))) {
            return reader.read(message, Optional.empty(), claimed.queueId(), source, now, sink);
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
