package org.mailchute.watch;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mailchute.intake.PlaceName;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.FolderHandle;

/**
 * Scans that were taken, kept for a while: {@code FOLDER/2026-11-23/QUEUEID-name}, by the day in UTC. A copy, not a link: who
 * opens and saves one here must not change the message that is under way.
 */
public final class Archive {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern OURS = Pattern.compile("(?s)[0-9A-Z]{16}-.*");

    private final Path trusted;
    private final Path folder;
    private final Duration keptFor;
    private final long mostOctets;
    private final Clock clock;

    /**
     * @param watched folder that others write to, and below which it may lie: no link from there on is followed
     * @param keptFor days are removed as a whole when their last moment is so long ago
     * @param mostOctets then the oldest go early; 0 for no limit
     */
    public Archive(Path watched, Path folder, Duration keptFor, long mostOctets, Clock clock) {
        this.trusted = FolderHandle.trusted(watched, folder);
        this.folder = folder;
        this.keptFor = keptFor;
        this.mostOctets = mostOctets;
        this.clock = clock;
    }

    /** On disk when it returns. Saying so twice does no harm. */
    public void add(Claimed claimed) throws IOException {
        String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        try (FolderHandle day = FolderHandle.make(trusted, folder.resolve(today))) {
            int number = 0;
            for (Companion file : claimed.files()) {
                String half = "." + claimed.queueId() + "." + number++ + ".part";
                add(file.file(), day, half, claimed.queueId() + "-" + PlaceName.of(file.name(), 255 - 17));
            }
        }
    }

    private static void add(Path file, FolderHandle day, String half, String name) throws IOException {
        try (FolderHandle claims = FolderHandle.around(file)) {
            claims.copy(file.getFileName().toString(), day, half);
        }
        day.force(half);
        day.share(half, day);
        day.move(half, day, name);
    }

    /** Removes what is too old, then the oldest while all is too large. Touches nothing that is not ours by its name. */
    public void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(keptFor), ZoneOffset.UTC);
        List<Kept> kept = new ArrayList<>();
        for (String day : days()) {
            boolean old = day.compareTo(oldest.toString()) < 0;
            try (FolderHandle held = open(day)) {
                for (String file : named(held, OURS)) {
                    if (old) {
                        delete(held, file);
                    } else {
                        kept.add(new Kept(day, file, size(held, file)));
                    }
                }
            }
            deleteIfEmpty(folder.resolve(day));
        }
        sweepBySize(kept);
    }

    private record Kept(String day, String file, long size) {}

    /** @param files oldest first */
    private void sweepBySize(List<Kept> files) throws IOException {
        long octets = files.stream().mapToLong(Kept::size).sum();
        for (Kept file : files) {
            if (mostOctets == 0 || octets <= mostOctets) {
                return;
            }
            octets -= file.size;
            delete(file);
            deleteIfEmpty(folder.resolve(file.day));
        }
    }

    private FolderHandle open(String day) throws IOException {
        return FolderHandle.open(trusted, folder.resolve(day));
    }

    private void delete(Kept file) throws IOException {
        try (FolderHandle held = open(file.day)) {
            delete(held, file.file);
        } catch (NoSuchFileException e) { // the whole day is gone
        }
    }

    private static void delete(FolderHandle day, String file) throws IOException {
        try {
            day.delete(file);
        } catch (NoSuchFileException e) { // somebody did before
        }
    }

    private static long size(FolderHandle day, String file) throws IOException {
        try {
            return day.attributes(file).size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static void deleteIfEmpty(Path day) throws IOException {
        try {
            Files.deleteIfExists(day);
        } catch (DirectoryNotEmptyException e) { // other files are kept there
        }
    }

    /** A link is none. */
    private List<String> days() throws IOException {
        List<String> days = new ArrayList<>();
        try (FolderHandle held = FolderHandle.open(trusted, folder)) {
            for (String day : named(held, DAY)) {
                if (held.attributes(day).isDirectory()) {
                    days.add(day);
                }
            }
        }
        return days;
    }

    /** Days and queue ids both sort by age. */
    private static List<String> named(FolderHandle held, Pattern name) throws IOException {
        return held.names().stream().filter(name.asMatchPredicate()).sorted().toList();
    }
}
