package org.mailchute.steps;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.lane.Attempt;
import org.mailchute.message.MessageComposer;
import org.mailchute.spool.Spool;

/** {@code compose}: the MIME message, written only while it is sent; the same octets at every attempt. */
public record Compose(MessageComposer composer, Spool spool) {
    @Handler
    public void compose(Exchange exchange) throws MessagingException {
        Attempt attempt = Attempts.of(exchange);
        exchange.getMessage()
                .setBody(new LaneMessage(
                        attempt,
                        composer.compose(
                                attempt.letter(),
                                number -> spool.payload(attempt.check().queueId(), number))));
    }

    /**
     * For a route of one's own, behind the other: keeps what is about to be sent, once, at {@code FOLDER/DATE/QUEUEID-LANE.eml} (UTC). It
     * is on disk when this returns, and is never whole in memory.
     *
     * @throws IOException when it cannot be written; then it is not sent either, and is tried again
     */
    public void copy(Exchange exchange, String folder) throws IOException, MessagingException {
        Attempt attempt = Attempts.of(exchange);
        LocalDate day = LocalDate.ofInstant(attempt.ticket().date(), ZoneOffset.UTC);
        String name = attempt.check().queueId() + "-" + attempt.lane().name() + ".eml";
        Path copy = Files.createDirectories(Path.of(folder, day.toString())).resolve(name);
        if (Files.notExists(copy)) {
            write(exchange, copy, copy.resolveSibling("." + name + "." + exchange.getExchangeId()));
        }
    }

    private static void write(Exchange exchange, Path copy, Path fresh) throws IOException, MessagingException {
        try {
            try (FileChannel file = FileChannel.open(fresh, CREATE_NEW, WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file))) {
                exchange.getMessage().getBody(LaneMessage.class).writeTo(out);
                out.flush();
                file.force(true);
            }
            Files.move(fresh, copy, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
