package org.mailchute.steps;

import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.polled.PolledServer;

/**
 * Before {@link ReadyFiles}: files of a server that were taken and stay there, that it does not give, or that are too many are let
 * alone.
 */
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
        return !server.rests(file) && next.accept(file);
    }
}
