package org.mailchute.spool;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mailchute.envelope.ForwardPath;

/**
 * The messages on disk: for each one a ticket, its payloads, and who of its recipients needs it no longer. All file names
 * here are made of queue ids and numbers, never of input.
 *
 * <pre>
 * messages/QUEUEID.ticket   the ticket (JSON)
 * messages/QUEUEID.0 .1 ..  payloads, in the ticket's order
 * messages/QUEUEID.ended    recipients that are done, where not all ended at once
 * messages/QUEUEID.unsure   its source was told that it was not taken
 * </pre>
 */
public final class Spool {
    private final Path messages;
    private final FolderSync names;

    private Spool(Path messages) {
        this.messages = messages;
        this.names = new FolderSync(messages);
    }

    /** Opens the spool below {@code home}, made where missing. */
    public static Spool open(Path home) throws IOException {
        return new Spool(OwnFolder.made(home.resolve("messages")));
    }

    /** Where payload {@code number} rests. */
    public Path payload(QueueId id, int number) {
        return messages.resolve(id + "." + number);
    }

    /** Where a payload can be streamed to; durable only after {@link #keep}. */
    public OutputStream create(QueueId id, int number) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(payload(id, number)), 1 << 16);
    }

    /**
     * Makes the pages of a claim the payloads, in their order; without copying them, unless the messages have a disk of their own.
     * Harmless when they are already.
     */
    public void adopt(Claimed claimed) throws IOException {
        int number = 0;
        for (Companion page : claimed.pages()) {
            Adoption.of(page.file(), payload(claimed.queueId(), number++));
        }
    }

    /** Whether a ticket of this id is here. */
    public boolean has(QueueId id) {
        return Files.exists(ticketFile(id));
    }

    /**
     * Writes the ticket. When this returns, ticket, payloads and their names are on disk (promise P2).
     *
     * @throws IOException when they cannot be; or when a payload, which may be a file that its writer still has open, is longer or
     *     shorter by now than the ticket says
     */
    public void keep(Ticket ticket) throws IOException {
        for (int number = 0; number < ticket.payloads().size(); number++) {
            Path file = payload(ticket.queueId(), number);
            try (FileChannel payload = FileChannel.open(file, READ, WRITE)) {
                payload.force(true);
                if (payload.size() != ticket.payloads().get(number).size()) {
                    throw new FileSystemException(file.toString(), null, "it was written to while it was being kept");
                }
            }
        }
        new WholeFile(ticketFile(ticket.queueId()))
                .replace(SpoolJson.write(ticket).getBytes(StandardCharsets.UTF_8));
        names.sync();
    }

    /**
     * The ticket of this id.
     *
     * @throws NoSuchFileException when the spool has none
     */
    public Ticket read(QueueId id) throws IOException {
        return SpoolJson.read(Files.readString(ticketFile(id)), Ticket.class);
    }

    /**
     * The ticket of a message that can be sent.
     *
     * @throws SpoiltMessage when it never can be: ticket or payload is missing, is cut short or cannot be understood
     * @throws IOException when the disk does not give it now
     */
    public Ticket whole(QueueId id) throws IOException {
        Path at = ticketFile(id);
        try {
            Ticket ticket = understood(id);
            for (int number = 0; number < ticket.payloads().size(); number++) {
                at = payload(id, number);
                long missing = ticket.payloads().get(number).size() - Files.size(at);
                if (missing > 0) {
                    throw new SpoiltMessage(at + " was cut short, " + missing + " octets are missing", null);
                }
            }
            return ticket;
        } catch (NoSuchFileException e) {
            throw new SpoiltMessage(at + " is missing", e);
        }
    }

    private Ticket understood(QueueId id) throws IOException {
        try {
            return read(id);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new SpoiltMessage(ticketFile(id) + " cannot be understood", e);
        }
    }

    /** Whether its ticket is here and nobody can understand it. */
    public boolean isSpoilt(QueueId id) throws IOException {
        if (!has(id)) {
            return false;
        }
        try {
            understood(id);
            return false;
        } catch (SpoiltMessage e) {
            return true;
        }
    }

    /**
     * These recipients need the message no longer; when none is left, it is removed. Saying so twice does no harm. Call it
     * only after the broker has committed what ended them.
     *
     * @throws SpoiltMessage when nobody can tell who else needs it: it stays
     */
    public synchronized void ended(QueueId id, List<ForwardPath> recipients) throws IOException {
        EndedFile ended = new EndedFile(messages.resolve(id + EndedFile.SUFFIX));
        if (!has(id)) {
            ended.delete(); // a crash came just before
            return;
        }
        Ticket ticket = understood(id);
        int all = ticket.recipients().size();
        if (recipients.size() >= all) {
            remove(ticket);
            return;
        }
        Set<String> done = ended.with(recipients);
        if (done.size() >= all) {
            remove(ticket);
            ended.delete();
        } else {
            ended.write(done);
        }
    }

    /** Returns when it is on disk that those are gone that ended: after a power cut too. */
    public void sync() throws IOException {
        names.sync();
    }

    /**
     * By name, since to list a folder of thousands for each message would cost more than sending it. The ticket goes last: when
     * a crash comes in between, what said that all have ended is said again, and finds by it what is left.
     */
    private void remove(Ticket ticket) throws IOException {
        for (int number = 0; number < ticket.payloads().size(); number++) {
            Files.deleteIfExists(payload(ticket.queueId(), number));
        }
        Files.deleteIfExists(unsureFile(ticket.queueId()));
        Files.deleteIfExists(ticketFile(ticket.queueId()));
    }

    /**
     * Removes whatever is here of this message; the ticket goes first, so that no ticket is ever without its payloads. By name, as
     * the numbers of what was made here have no gap. What a crash leaves, with a gap, goes at the next start.
     */
    public void discard(QueueId id) throws IOException {
        Files.deleteIfExists(ticketFile(id));
        int number = 0;
        while (Files.deleteIfExists(payload(id, number))) {
            number++;
        }
        Files.deleteIfExists(new WholeFile(ticketFile(id)).fresh());
        Files.deleteIfExists(unsureFile(id));
        Files.deleteIfExists(messages.resolve(id + EndedFile.SUFFIX));
    }

    /**
     * Whatever becomes of this message, its source has it still and gives it again: the broker was asked, and nobody knows whether it
     * took it.
     */
    public void unsure(QueueId id) throws IOException {
        if (has(id)) {
            Files.write(unsureFile(id), new byte[0]);
        }
    }

    /** Whether the ticket is here, and its source relies on it. */
    public boolean isSure(QueueId id) {
        return has(id) && !Files.exists(unsureFile(id));
    }

    /** What is here of messages that nobody waits for. */
    public StrayMessages strays() {
        return new StrayMessages(messages);
    }

    /** What is here, whatever became of it. */
    public KeptMessages kept() {
        return new KeptMessages(messages);
    }

    private Path unsureFile(QueueId id) {
        return messages.resolve(id + ".unsure");
    }

    private Path ticketFile(QueueId id) {
        return ticketFile(messages, id);
    }

    static Path ticketFile(Path messages, QueueId id) {
        return messages.resolve(id + ".ticket");
    }
}
