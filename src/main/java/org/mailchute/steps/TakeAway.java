package org.mailchute.steps;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.strategy.GenericFileProcessStrategySupport;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.polled.FileRefused;
import org.mailchute.polled.ListedFile;
import org.mailchute.polled.PolledServer;
import org.mailchute.polled.TakenFiles;

/**
 * {@code takeaway-INTAKE}: a file leaves its server when it was sent, or refused, and this is noted on disk. Camel's own way asks
 * three times, with seconds between, and then forgets that it asked.
 */
public final class TakeAway<T> extends GenericFileProcessStrategySupport<T> {
    private final PolledServer server;
    private final TakenFiles taken;
    private final RejectedRoom room;

    public TakeAway(PolledServer server, RejectedRoom room) {
        this.server = server;
        this.room = room;
        this.taken = server.taken();
    }

    /** A file whose content is known needs no fetching to be deleted. */
    @Override
    public boolean begin(
            GenericFileOperations<T> operations,
            GenericFileEndpoint<T> endpoint,
            Exchange exchange,
            GenericFile<T> file)
            throws Exception {
        ListedFile listed = PolledServer.listed(file);
        if (taken.compared(listed)) {
            delete(operations, file.getAbsoluteFilePath(), listed);
            return false;
        }
        // told by the disk's own watch, and at the next poll
        boolean hasRoom = !server.disk().isClosed() && room.lacks().isEmpty();
        return hasRoom && super.begin(operations, endpoint, exchange, file);
    }

    @Override
    public void commit(
            GenericFileOperations<T> operations,
            GenericFileEndpoint<T> endpoint,
            Exchange exchange,
            GenericFile<T> file)
            throws Exception {
        super.commit(operations, endpoint, exchange, file);
        ListedFile listed = PolledServer.listed(file);
        if (Fetched.takenBefore(exchange)) {
            taken.takenAgain(listed, server.clock().instant());
        } else {
            boolean refused = exchange.getProperty(Refuse.REFUSED, false, Boolean.class);
            taken.taken(
                    listed,
                    Fetched.content(exchange),
                    refused ? "refused" : "sent",
                    server.clock().instant());
        }
        delete(operations, file.getAbsoluteFilePath(), listed);
    }

    private void delete(GenericFileOperations<T> operations, String path, ListedFile listed) throws IOException {
        try {
            operations.deleteFile(path);
            taken.deleted(listed);
        } catch (FileRefused e) {
            taken.refused(listed, e.reply(), server.clock().instant());
        }
    }
}
