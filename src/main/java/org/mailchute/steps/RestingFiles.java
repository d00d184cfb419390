package org.mailchute.steps;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.polled.TakenFiles;

/** Before {@link ReadyFiles}: files of a server that were taken and stay there, or that it does not give, are let alone. */
public final class RestingFiles<T> implements GenericFileFilter<T> {
    private final PolledServer server;
    private final GenericFileFilter<T> next;

    public RestingFiles(PolledServer server, GenericFileFilter<T> next) {
        this.server = server;
        this.next = next;
    }

    @Override
    public boolean accept(GenericFile<T> file) {
        if (file.isDirectory()) {
            return next.accept(file);
        }
        return !server.rests(file) && next.accept(file) && hasRoom(file);
    }

    private boolean hasRoom(GenericFile<T> file) {
        try {
            boolean room = server.taken()
                    .hasRoom(PolledServer.listed(file), server.clock().instant());
            if (!room) {
                server.waiting()
                        .stands(
                                file.getFileNameOnly(),
                                "is not fetched from " + server.site().label() + ": more than " + TakenFiles.MOST
                                        + " files that were sent stay there: delete them");
            }
            return room;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
