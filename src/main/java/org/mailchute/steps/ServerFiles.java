package org.mailchute.steps;

import java.time.Duration;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.polled.PolledServer;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.Stability;

/**
 * {@code ready-INTAKE} of a polled server: files that have stopped growing. Those that were taken and stay there, that the server does
 * not give, or that are too many are let alone. Asked at every poll for every file, it answers at once from what it saw before, so that
 * a slow file delays no other (Camel's own read locks wait inside the poll).
 */
public record ServerFiles<T>(PolledServer server, Stability stability) implements GenericFileFilter<T> {
    @Override
    public boolean accept(GenericFile<T> file) {
        if (file.isDirectory()) {
            return !IgnoredNames.ignored(file.getFileNameOnly());
        }
        Duration unchanged = stability.look(file.getAbsoluteFilePath(), file.getFileLength(), file.getLastModified());
        return !server.rests(file, unchanged)
                && !IgnoredNames.ignored(file.getFileNameOnly())
                && unchanged.compareTo(stability.stableFor()) >= 0
                && file.getFileLength() != 0;
    }
}
