package org.mailchute.steps;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.intake.Completeness;
import org.mailchute.intake.IgnoredNames;
import org.mailchute.intake.Stability;

/**
 * {@code ready-INTAKE}: which files of a folder are whole. Asked at every poll for every file, it answers at once from what
 * it saw before, so that a slow file delays no other (Camel's own read locks wait inside the poll).
 */
public final class ReadyFiles<T> implements GenericFileFilter<T> {
    private final Stability stability;
    private final String rejected;

    /** @param rejected name of the sub-folder that is not watched */
    public ReadyFiles(Stability stability, String rejected) {
        this.stability = stability;
        this.rejected = rejected;
    }

    @Override
    public boolean accept(GenericFile<T> file) {
        if (file.isDirectory()) {
            return !file.getFileNameOnly().equals(rejected) && !IgnoredNames.ignored(file.getFileNameOnly());
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
}
