package org.mailchute.steps;

import java.io.File;
import java.nio.file.Files;
import java.util.Locale;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/**
 * {@code ready-INTAKE} of a pickup folder: files named {@code *.eml} that have stopped growing. .NET writes them in place,
 * without a temporary name. Nothing else in the folder is touched.
 */
public final class PickupFiles<T> implements GenericFileFilter<T> {
    private final Stability stability;
    private final WaitingFiles waiting;

    public PickupFiles(Stability stability, WaitingFiles waiting) {
        this.stability = stability;
        this.waiting = waiting;
    }

    @Override
    public boolean accept(GenericFile<T> file) {
        String name = file.getFileNameOnly();
        if (file.isDirectory() || !name.toLowerCase(Locale.ROOT).endsWith(".eml") || IgnoredNames.ignored(name)) {
            return false;
        }
        boolean link = file.getFile() instanceof File local && Files.isSymbolicLink(local.toPath());
        // a link is taken at once, to be refused with a reason; it is never opened
        return link
                || stability.ready(file.getAbsoluteFilePath(), file.getFileLength(), file.getLastModified())
                        && !waiting.rests(file.getAbsoluteFilePath())
                        && readable(file);
    }

    /** Once taken, nobody else could mend it. */
    private boolean readable(GenericFile<T> file) {
        boolean readable = !(file.getFile() instanceof File local) || Files.isReadable(local.toPath());
        if (!readable) {
            waiting.failed(file.getAbsoluteFilePath(), "the user that Mailchute runs as may not read it");
        }
        return readable;
    }
}
