package org.mailchute.steps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.polled.ListedFile;
import org.mailchute.polled.Site;
import org.mailchute.polled.TakenFiles;
import org.mailchute.polled.UnreadFiles;

/**
 * What a polled server has beyond other intakes.
 *
 * @param site which one
 * @param taken its files that were taken and are there still
 * @param unread its files that it does not give, or not whole
 * @param waiting who is told of them
 */
public record PolledServer(Site site, TakenFiles taken, UnreadFiles unread, WaitingFiles waiting, Clock clock) {
    /** Camel has 0 for a time that is not listed, and later -1. */
    static ListedFile listed(GenericFile<?> file) {
        return new ListedFile(file.getAbsoluteFilePath(), file.getFileLength(), Math.max(0, file.getLastModified()));
    }

    /** Whether this file is to be let alone now; then it is told of, once and daily. */
    boolean rests(GenericFile<?> file) {
        Instant now = clock.instant();
        ListedFile listed = listed(file);
        taken.sees(listed);
        Optional<String> why = why(listed, now);
        why.ifPresentOrElse(
                words -> waiting.stands(file.getFileNameOnly(), words, now),
                () -> waiting.forget(file.getFileNameOnly()));
        return why.isPresent();
    }

    private Optional<String> why(ListedFile file, Instant now) {
        return taken.resting(file, now)
                .map(known -> site.cannotDelete(known.outcome(), known.reply()))
                .or(() -> unread.resting(file, now).map(UnreadFiles.Unread::why))
                .or(() -> hasRoom(file, now) ? Optional.empty() : Optional.of(site.isOneTooMany(TakenFiles.MOST)));
    }

    private boolean hasRoom(ListedFile file, Instant now) {
        try {
            return taken.hasRoom(file, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was fetched has no end: it is fetched again when it has changed. */
    void half(GenericFile<?> file, String lack) {
        unread.refused(listed(file), false, site.isNoWhole(lack), clock.instant());
    }

    /** The server did not give it. */
    void unread(GenericFile<?> file, FileRefused why) {
        unread.refused(listed(file), why.passing(), site.cannotFetch(why.reply(), why.passing()), clock.instant());
    }
}
