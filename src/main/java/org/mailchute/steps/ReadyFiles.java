package org.mailchute.steps;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.formats.Completeness;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.Stability;

/**
 * {@code ready-INTAKE}: which files of a folder are whole. Asked at every poll for every file, it answers at once from what
 * it saw before, so that a slow file delays no other (Camel's own read locks wait inside the poll).
 */
public final class ReadyFiles<T> implements GenericFileFilter<T> {
    private final Stability stability;
    private final Optional<Path> rejected;

    /** @param rejected the folder that is not watched, should it lie below; empty for a server's folders */
    public ReadyFiles(Stability stability, Optional<Path> rejected) {
        this.stability = stability;
        this.rejected = rejected.map(folder -> folder.toAbsolutePath().normalize());
    }

    @Override
    public boolean accept(GenericFile<T> file) {
        if (file.isDirectory()) {
            return !IgnoredNames.ignored(file.getFileNameOnly()) && mayEnter(file.getFile());
        }
        if (IgnoredNames.ignored(file.getFileNameOnly())) {
            return false;
        }
        if (file.getFile() instanceof File local && Files.isSymbolicLink(local.toPath())) {
            return true; // taken at once, to be refused with a reason; it is never opened
        }
        return stability.ready(file.getAbsoluteFilePath(), file.getFileLength(), file.getLastModified())
                && whole(file.getFile());
    }

    private static boolean whole(Object file) {
        return !(file instanceof File local) || Completeness.complete(Path.of(local.getPath()));
    }

    /** A linked folder may lead anywhere, into the spool itself. */
    private boolean mayEnter(Object folder) {
        if (!(folder instanceof File local)) {
            return true;
        }
        Path path = local.toPath().toAbsolutePath().normalize();
        return !Files.isSymbolicLink(path) && rejected.filter(path::equals).isEmpty();
    }
}
