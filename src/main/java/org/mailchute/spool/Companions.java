package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that claims take beside their first one, as {@code with-QUEUEID.1 .2 ..}. From the claim's note on until they are
 * here, their names at the source are reserved: nobody else may take them.
 */
final class Companions {
    private static final Logger LOG = LoggerFactory.getLogger(Companions.class);
    private static final String WITH = "with-";

    private final Path folder;
    private final ClaimNotes notes;
    private final Takeaway takeaway;
    private final Map<Path, QueueId> reserved = new ConcurrentHashMap<>();

    Companions(Path folder, ClaimNotes notes, Takeaway takeaway) {
        this.folder = folder;
        this.notes = notes;
        this.takeaway = takeaway;
    }

    /** What a crash left: names that are still reserved, and companions whose claim has ended. */
    void open() throws IOException {
        Set<String> claims = notes.forgetUnclaimed();
        for (String claim : claims) {
            QueueId id = new QueueId(claim);
            try {
                notes.read(id).companions().forEach(companion -> reserved.put(companion.path(), id));
            } catch (IOException e) {
                LOG.error("{}", e.getMessage()); // its claim waits, the others need not
            }
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, WITH + "*")) {
            for (Path file : files) {
                String id =
                        file.getFileName().toString().substring(WITH.length()).replaceFirst("\\..*", "");
                if (!claims.contains(id)) {
                    Files.delete(file);
                }
            }
        }
    }

    boolean reserves(Path source) {
        return reserved.containsKey(source.toAbsolutePath());
    }

    void reserve(QueueId id, Gathered gathered) {
        gathered.companions().forEach(companion -> reserved.put(companion.file().toAbsolutePath(), id));
    }

    /** Where they are, or will be. */
    List<Companion> places(QueueId id, List<ClaimNotes.Noted> noted) {
        List<Companion> places = new ArrayList<>();
        for (ClaimNotes.Noted companion : noted) {
            String name = companion.path().getFileName().toString();
            places.add(new Companion(companion.role(), name, place(id, places.size() + 1)));
        }
        return places;
    }

    /**
     * Takes those that are not here yet. One that went away, or changed since the claim, does not come.
     *
     * @param copied they stay at their source
     * @throws IOException when one cannot be taken; calling again takes the rest
     */
    void gather(QueueId id, boolean copied) throws IOException {
        int number = 0;
        for (ClaimNotes.Noted companion : notes.read(id).companions()) {
            number++;
            Path place = place(id, number);
            String key = id + "." + number;
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                takeaway.finish(key, place);
            } else if (takeaway.reaches(companion.path()) && companion.isThere()) {
                take(key, companion.path(), place, copied);
            }
        }
        free(id);
    }

    private void take(String key, Path source, Path place, boolean copied) throws IOException {
        if (copied) {
            takeaway.copy(key, source, place);
        } else {
            takeaway.move(key, source, place);
        }
    }

    /** The claim ended, or never came about. */
    void release(Claimed claimed) throws IOException {
        for (Companion companion : claimed.companions()) {
            Files.deleteIfExists(companion.file());
        }
        free(claimed.queueId());
    }

    void free(QueueId id) {
        reserved.values().removeIf(id::equals);
    }

    /** Under names that are no claim's: {@code unarchived-QUEUEID.1 .2 ..}. */
    void putAside(Claimed claimed) throws IOException {
        for (Companion companion : claimed.companions()) {
            String name = companion.file().getFileName().toString().replace(WITH, "unarchived-");
            Files.move(companion.file(), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path place(QueueId id, int number) {
        return folder.resolve(WITH + id + "." + number);
    }
}
