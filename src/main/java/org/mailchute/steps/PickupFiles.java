package org.mailchute.steps;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/**
 * {@code ready-INTAKE} of a pickup folder: files named {@code *.eml} that have stopped growing. .NET writes them in place,
 * without a temporary name. Nothing else in the folder is touched.
 *
 * @param kept its files that stay after they were taken; empty when none does
 */
public record PickupFiles(Stability stability, WaitingFiles waiting, Optional<KeptFiles> kept)
        implements GenericFileFilter<File> {
    @Override
    public boolean accept(GenericFile<File> file) {
        String name = file.getFileNameOnly();
        if (file.isDirectory() || !name.toLowerCase(Locale.ROOT).endsWith(".eml") || IgnoredNames.ignored(name)) {
            return false;
        }
        Path path = Path.of(file.getFile().getPath()); // File.toPath() would be kept by Camel's listing
        String key = path.toString();
        if (known(path)) {
            stability.forget(key);
            return false;
        }
        return stability.hasRoomFor(key) && ready(path, key, file);
    }

    /** A link is taken at once, to be refused with a reason; it is never opened. */
    private boolean ready(Path path, String key, GenericFile<File> file) {
        boolean written = stability.ready(key, file.getFileLength(), file.getLastModified());
        return Files.isSymbolicLink(path) || written && !waiting.rests(key) && readable(path);
    }

    private boolean known(Path file) {
        try {
            return kept.isPresent() && kept.get().knows(file);
        } catch (IOException e) {
            return true; // it is gone
        }
    }

    /** Once taken, nobody else could mend it. */
    private boolean readable(Path file) {
        boolean readable = Files.isReadable(file);
        if (!readable) {
            waiting.failed(file.toString(), Duration.ZERO, "the user that Mailchute runs as may not read it");
        }
        return readable;
    }
}
