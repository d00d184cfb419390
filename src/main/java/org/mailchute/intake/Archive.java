package org.mailchute.intake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;

/**
 * Scans that were taken, kept for a while: {@code FOLDER/2026-11-23/QUEUEID-name}, by the day in UTC. A copy, not a link: who
 * opens and saves one here must not change the message that is under way.
 */
public final class Archive {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern OURS = Pattern.compile("(?s)[0-9A-Z]{16}-.*");

    private final Path folder;
    private final Duration keptFor;
    private final long mostOctets;
    private final Clock clock;

    /**
     * @param keptFor days are removed as a whole when their last moment is so long ago
     * @param mostOctets then the oldest go early; 0 for no limit
     */
    public Archive(Path folder, Duration keptFor, long mostOctets, Clock clock) {
        this.folder = folder;
        this.keptFor = keptFor;
        this.mostOctets = mostOctets;
        this.clock = clock;
    }

    /** On disk when it returns. Saying so twice does no harm. */
    public void add(Claimed claimed) throws IOException {
        Path day = Files.createDirectories(folder.resolve(
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString()));
        int number = 0;
        for (Companion file : claimed.files()) {
            Path half = day.resolve("." + claimed.queueId() + "." + number++ + ".part");
            add(file.file(), half, day.resolve(claimed.queueId() + "-" + PlaceName.of(file.name(), 255 - 17)));
        }
    }

    private static void add(Path file, Path half, Path place) throws IOException {
        Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(half, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what is too old, then the oldest while all is too large. Touches nothing that is not ours by its name. */
    public void sweep() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(keptFor), ZoneOffset.UTC);
        List<Path> kept = new ArrayList<>();
        for (Path day : list(folder, DAY)) {
            boolean old = day.getFileName().toString().compareTo(oldest.toString()) < 0;
            for (Path file : list(day, OURS)) {
                if (old) {
                    Files.deleteIfExists(file);
                } else {
                    kept.add(file);
                }
            }
            deleteIfEmpty(day);
        }
        sweepBySize(kept);
    }

    /** @param files oldest first */
    private void sweepBySize(List<Path> files) throws IOException {
        long octets = 0;
        for (Path file : files) {
            octets += Files.size(file);
        }
        for (Path file : files) {
            if (mostOctets == 0 || octets <= mostOctets) {
                return;
            }
            octets -= Files.size(file);
            Files.deleteIfExists(file);
            deleteIfEmpty(folder.resolve(file.getName(file.getNameCount() - 2)));
        }
    }

    private static void deleteIfEmpty(Path day) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(day)) {
            if (files.iterator().hasNext()) {
                return;
            }
        }
        Files.deleteIfExists(day);
    }

    /** Days and queue ids both sort by age. */
    private static List<Path> list(Path place, Pattern name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                place, file -> name.matcher(file.getFileName().toString()).matches())) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }
}
