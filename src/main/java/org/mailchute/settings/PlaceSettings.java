package org.mailchute.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;
import org.mailchute.watch.Patience;

/**
 * What becomes of the files of a watched folder besides the mail they are.
 *
 * @param ignored names that are never input, beside our own
 * @param patience with files that never become whole
 * @param undecided where these go; empty to let them stay
 * @param done what becomes of a file that is enqueued
 * @param archive where, should it be archived
 * @param archiveFor how long
 * @param archiveBytes how much; 0 for no limit
 * @param repeats what becomes of a file that is brought back
 * @param others folders that are not watched, beside our own
 */
public record PlaceSettings(
        List<String> ignored,
        Patience patience,
        Optional<Path> undecided,
        Done done,
        Optional<Path> archive,
        Duration archiveFor,
        long archiveBytes,
        Repeats repeats,
        Collection<Path> others) {
    /** What becomes of a file that is enqueued. */
    public enum Done {
        /** It is gone. */
        DELETE,
        /** A copy is kept for a while. */
        ARCHIVE,
        /** It stays where it is. */
        KEEP
    }

    /** What becomes of a file whose name, content and time stamp are those of one that was sent. */
    public enum Repeats {
        /** It goes to the rejected place. */
        REFUSE,
        /** It is one more scan. */
        SEND
    }

    /** Nothing set. */
    public static final PlaceSettings NONE = new PlaceSettings(
            List.of(),
            new Patience(Duration.ofMinutes(10), Duration.ofDays(1), false),
            Optional.empty(),
            Done.DELETE,
            Optional.empty(),
            Duration.ofDays(30),
            0,
            Repeats.REFUSE,
            List.of());

    private static final Kind<String> NAME = Kinds.text(
            "a file name without / or \\, where * stands for any characters and ? for one, such as *.log",
            text -> text.matches("[^/\\\\]{1,200}") && Kinds.noControls(text) && !text.matches("\\*+"));
    private static final Kind<Duration> AFTER = Kinds.duration("1s", "30d");

    static PlaceSettings read(Section intake) {
        Optional<Path> undecided = intake.optional("undecided", intake.path());
        Optional<Path> archive = intake.optional("archive", intake.path());
        Done done = intake.value("done", Kinds.oneOf(List.of(Done.values())), NONE.done);
        if (done == Done.ARCHIVE && archive.isEmpty()) {
            intake.missing("archive", "a folder, since done is archive");
        }
        if (done != Done.ARCHIVE && archive.isPresent()) {
            intake.warning("archive", "a folder that is not used", "done: archive");
        }
        return new PlaceSettings(
                intake.list("ignore", NAME),
                patience(intake, undecided),
                undecided,
                done,
                archive.filter(place -> done == Done.ARCHIVE),
                intake.value("archiveFor", Kinds.duration("1d", "3650d"), NONE.archiveFor),
                intake.value("archiveSize", Kinds.size("1MB", "100000GB"), NONE.archiveBytes),
                intake.value("repeats", Kinds.oneOf(List.of(Repeats.values())), NONE.repeats),
                NONE.others);
    }

    /** Of a folder that only the gateway itself writes into: it is told how long to wait, and nothing else. */
    static PlaceSettings ofDrop(Section device) {
        Optional<Path> undecided = device.optional("undecided", device.path());
        return new PlaceSettings(
                NONE.ignored,
                patience(device, undecided),
                undecided,
                NONE.done,
                NONE.archive,
                NONE.archiveFor,
                NONE.archiveBytes,
                NONE.repeats,
                NONE.others);
    }

    /** Of a rehearsal: all stays where it is, and nothing is put anywhere. */
    public PlaceSettings rehearsed(Collection<Path> notWatched) {
        return new PlaceSettings(
                ignored,
                NONE.patience,
                Optional.empty(),
                Done.KEEP,
                Optional.empty(),
                archiveFor,
                archiveBytes,
                repeats,
                notWatched);
    }

    private static Patience patience(Section intake, Optional<Path> undecided) {
        return new Patience(
                intake.value("reportAfter", AFTER, NONE.patience.reportAfter()),
                intake.value("undecidedAfter", AFTER, NONE.patience.undecidedAfter()),
                undecided.isPresent());
    }

    /** The folders named here, by their keys. */
    Map<String, Path> own() {
        Map<String, Path> own = new TreeMap<>();
        undecided.ifPresent(place -> own.put("undecided", place));
        archive.ifPresent(place -> own.put("archive", place));
        return own;
    }
}
