package org.mailchute.polled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.intake.Shown;
import org.mailchute.spool.DiskRoom;
import org.mailchute.watch.FirstTime;
import org.mailchute.watch.WaitingFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a polled server has beyond other intakes.
 *
 * @param site which one
 * @param taken its files that were taken and are there still
 * @param unread its files that it does not give, or not whole
 * @param waiting who is told of them
 * @param links those that were told of
 * @param disk where its files are fetched to
 */
public record PolledServer(
        Site site,
        TakenFiles taken,
        UnreadFiles unread,
        WaitingFiles waiting,
        FirstTime links,
        DiskRoom disk,
        Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(PolledServer.class);

    /** One that lists no links so far. */
    public PolledServer(
            Site site, TakenFiles taken, UnreadFiles unread, WaitingFiles waiting, DiskRoom disk, Clock clock) {
        this(site, taken, unread, waiting, new FirstTime(), disk, clock);
    }

    /** Camel knows none but passes over them in silence, or fetches what they lead to. */
    public void skipsLink(String name) {
        if (links.isFor(name)) {
            LOG.warn(
                    "the server {} lists \"{}\", a symbolic link or the like; it is not fetched: put the file itself there",
                    site.label(),
                    Shown.line(site.named(name)));
        }
    }

    /** For people. */
    public String named(GenericFile<?> file) {
        return site.named(file.getFileNameOnly());
    }

    /** Octets of this file that may come. */
    long most(long listed) {
        return listed < 0 ? site.largest() : listed;
    }

    /** Camel has 0 for a time that is not listed, and later -1. */
    public static ListedFile listed(GenericFile<?> file) {
        return new ListedFile(file.getAbsoluteFilePath(), file.getFileLength(), Math.max(0, file.getLastModified()));
    }

    /**
     * Whether this file is to be let alone now; then it is told of, once and daily.
     *
     * @param unchanged for how long we have seen it so
     */
    public boolean rests(GenericFile<?> file, Duration unchanged) {
        Instant now = clock.instant();
        ListedFile listed = listed(file);
        taken.sees(listed);
        Optional<String> why = why(listed, now);
        why.ifPresentOrElse(words -> waiting.stands(named(file), words, unchanged, now), () -> tried(file, listed));
        return why.isPresent();
    }

    /** One that is tried again and is as it was need not be told of anew. */
    private void tried(GenericFile<?> file, ListedFile listed) {
        if (!unread.knows(listed)) {
            waiting.forget(named(file));
        }
    }

    private Optional<String> why(ListedFile file, Instant now) {
        return taken.resting(file, now)
                .map(known -> site.cannotDelete(known.outcome(), known.reply()))
                .or(() -> unread.resting(file, now).map(UnreadFiles.Unread::why))
                .or(() -> file.size() > site.largest() ? Optional.of(site.isTooLarge(file.size())) : Optional.empty())
                .or(() -> hasRoom(file, now) ? Optional.empty() : Optional.of(site.isOneTooMany(TakenFiles.MOST)));
    }

    private boolean hasRoom(ListedFile file, Instant now) {
        try {
            return taken.hasRoom(file, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What was fetched is not whole.
     *
     * @param passing whether it may be soon; else it is fetched again when it has changed
     */
    public void half(GenericFile<?> file, String lack, boolean passing) {
        unread.refused(listed(file), passing, site.isNoWhole(lack, passing), clock.instant());
    }

    /** The server did not give it. */
    public void unread(GenericFile<?> file, FileRefused why) {
        unread.refused(listed(file), why.passing(), site.cannotFetch(why.reply(), why.passing()), clock.instant());
    }
}
