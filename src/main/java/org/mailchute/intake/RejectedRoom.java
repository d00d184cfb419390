package org.mailchute.intake;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Rest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of one intake's refused input may rest in home, where nobody but an administrator removes it. Whoever sends nothing else would
 * fill the disk, and all would wait; so this intake alone takes nothing more until there is room (a queue of requests takes more, and
 * keeps no more of what it refuses). What rests is listed when it is first asked for and while it is too much; what comes meanwhile is
 * added. Safe between threads.
 */
public final class RejectedRoom {
    /** Octets of one intake from which on nothing more is taken; what is under way still comes. */
    static final long BYTES = 1L << 30;

    /** Likewise, reason files among them. */
    static final int FILES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(RejectedRoom.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Set<Path> places;
    private final Clock clock;
    private Instant looked = Instant.MIN;
    private boolean listed;
    private long bytes;
    private int files;

    private RejectedRoom(Set<Path> places, Clock clock) {
        this.places = places;
        this.clock = clock;
    }

    /**
     * Of an intake with its place {@code HOME/rejected/NAME}, where its refused input rests if its own place is none of its own or cannot
     * be written.
     *
     * @param own counted only where it is in home
     */
    public static RejectedRoom in(Path home, String intake, Optional<Path> own, Clock clock) {
        Stream<Path> all = Stream.concat(Stream.of(home.resolve("rejected").resolve(intake)), own.stream());
        return new RejectedRoom(
                all.map(place -> place.toAbsolutePath().normalize())
                        .filter(place -> place.startsWith(home.toAbsolutePath().normalize()))
                        .collect(Collectors.toUnmodifiableSet()),
                clock);
    }

    /** What stands against keeping more, for people; empty when nothing. Costs nothing while there is room. */
    public synchronized Optional<String> lacks() {
        if (!listed || (over() && !Rest.lasts(looked, LOOK_AGAIN, clock.instant()))) {
            list();
        }
        return over() ? Optional.of(fault()) : Optional.empty();
    }

    private boolean over() {
        return bytes >= BYTES || files >= FILES;
    }

    private String fault() {
        return "its refused input takes 1 GB or 10,000 files: look at and remove what lies in "
                + places.stream().map(Path::toString).sorted().collect(Collectors.joining(" and "));
    }

    /** All of what is about to be refused, octets. */
    static long weight(Claimed claimed) throws IOException {
        long sum = 0;
        for (Companion file : claimed.files()) {
            if (Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS)) {
                sum += attributes(file.file()).size();
            }
        }
        return sum;
    }

    /**
     * Something was refused.
     *
     * @param place where it rests now
     * @param weight before that
     */
    synchronized void rests(Path place, Claimed claimed, long weight) {
        if (listed && places.stream().anyMatch(place.toAbsolutePath().normalize()::startsWith)) {
            bytes += weight;
            files += claimed.files().size() + 1;
        }
    }

    private void list() {
        listed = true;
        looked = clock.instant();
        bytes = 0;
        files = 0;
        places.forEach(this::list);
    }

    /** No further than needed. */
    private void list(Path place) {
        try (DirectoryStream<Path> there = Files.newDirectoryStream(place)) {
            for (Path file : there) {
                count(file);
                if (over()) {
                    return;
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing was ever refused into {}", place, e);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what was refused and rests in {} cannot be counted: {}", place, e.toString());
        }
    }

    private void count(Path file) throws IOException {
        try {
            bytes += attributes(file).size();
            files++;
        } catch (NoSuchFileException e) {
            LOG.debug("{} was removed just now", file, e);
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
