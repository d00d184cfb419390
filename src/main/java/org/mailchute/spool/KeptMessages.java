package org.mailchute.spool;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailchute.envelope.ForwardPath;

/** The messages of the spool by when they came. To ask reads all of their names. */
public final class KeptMessages {
    private final Path messages;

    KeptMessages(Path messages) {
        this.messages = messages;
    }

    /** A message, and who of its recipients needs it still. */
    public record Kept(Ticket ticket, List<ForwardPath> waiting) {}

    /** Those that came in this time. @param from exclusive; @param to inclusive */
    public List<QueueId> between(Instant from, Instant to) throws IOException {
        List<QueueId> ids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(messages, "????????????????.ticket")) {
            for (Path file : files) {
                QueueId id = new QueueId(file.getFileName().toString().substring(0, 16));
                if (id.time().isAfter(from) && !id.time().isAfter(to)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /** Empty when it has gone meanwhile, or nobody can understand it, which is told when it is to be sent. */
    public Optional<Kept> message(QueueId id) throws IOException {
        try {
            Ticket ticket = SpoolJson.read(Files.readString(Spool.ticketFile(messages, id)), Ticket.class);
            Set<String> ended = new EndedFile(messages.resolve(id + EndedFile.SUFFIX)).with(List.of());
            return Optional.of(new Kept(
                    ticket,
                    ticket.recipients().stream()
                            .filter(recipient -> !ended.contains(recipient.toString()))
                            .toList()));
        } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
