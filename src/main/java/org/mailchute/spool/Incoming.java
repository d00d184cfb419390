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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one intake has claimed and the broker does not have yet: {@code incoming/INTAKE/QUEUEID~name}. After a crash or a
 * failure it is taken up again from here.
 */
public final class Incoming {
    private final String intake;
    private final Path folder;
    private final FolderSync names;
    private final ClaimNotes notes;
    private final KeepingNotes keeping;
    private final Takeaway takeaway;
    private final Companions companions;
    private final Set<QueueId> underWay = ConcurrentHashMap.newKeySet();
    private final Map<QueueId, String> failures = new ConcurrentHashMap<>();

    private Incoming(String intake, Path folder, Path watched) {
        this.intake = intake;
        this.folder = folder;
        this.names = new FolderSync(folder);
        this.notes = new ClaimNotes(folder, names);
        this.keeping = new KeepingNotes(folder);
        this.takeaway = new Takeaway(folder, watched, names);
        this.companions = new Companions(folder, notes, takeaway);
    }

    /** Opens the place of one intake below that of all ({@link ClaimsFolder}), made where missing. */
    public static Incoming open(Path claims, String intake) throws IOException {
        return open(claims, intake, claims);
    }

    /** The same for files in or below a folder that others may write to: no link below it is followed. */
    public static Incoming open(Path claims, String intake, Path watched) throws IOException {
        Incoming opened = new Incoming(intake, OwnFolder.made(claims.resolve(intake)), watched);
        opened.takeaway.forgetHalfCopies();
        opened.keeping.forgetLone();
        opened.companions.open();
        return opened;
    }

    /** The folder itself, for what a component downloads before we see it. */
    public Path folder() {
        return folder;
    }

    /**
     * Takes a file away from its source by an atomic rename; across file systems by copy, fsync and delete.
     *
     * @throws IOException when the file cannot be taken; it is then still at its source
     */
    public Claimed claim(Path source, QueueId id) throws IOException {
        return claim(Gathered.only(source, ""), id);
    }

    /**
     * Likewise, remembering across a crash where it lay and what belongs to it; {@link #gather} takes that.
     *
     * @throws IOException when the first file cannot be taken; all are then still at their source
     */
    public Claimed claim(Gathered gathered, QueueId id) throws IOException {
        underWay.add(id);
        companions.reserve(id, gathered);
        try {
            ClaimNotes.Note note = notes.write(id, gathered);
            Path target = target(gathered.name(), id);
            takeaway.move(id.value(), gathered.first(), target);
            return claimed(id, target, note);
        } catch (IOException e) {
            forget(id);
            throw e;
        }
    }

    /**
     * Claims a copy; the files stay at their source.
     *
     * @param note says of which files; it is here, on disk, as long as the claim
     * @throws IOException when it cannot be copied; nothing of it is left here then
     */
    public Claimed claimCopy(Gathered gathered, QueueId id, String note) throws IOException {
        underWay.add(id);
        companions.reserve(id, gathered);
        try {
            keeping.write(id, note);
            ClaimNotes.Note beside = notes.write(id, gathered);
            names.sync();
            Path target = target(gathered.name(), id);
            takeaway.copy(id.value(), gathered.first(), target);
            return claimed(id, target, beside);
        } catch (IOException e) {
            keeping.delete(id);
            forget(id);
            throw e;
        }
    }

    private void forget(QueueId id) throws IOException {
        notes.delete(id);
        companions.free(id);
        failures.remove(id);
        underWay.remove(id);
    }

    private Path target(String name, QueueId id) {
        return folder.resolve(ClaimName.of(id, name));
    }

    private Claimed claimed(QueueId id, Path file, ClaimNotes.Note note) {
        return new Claimed(
                id,
                intake,
                file.getFileName().toString().substring(17),
                file,
                note.subfolder(),
                companions.places(id, note.companions()));
    }

    /**
     * Ends what a crash left half taken, and takes what belongs to the claim and is not here yet; what went away or changed
     * since does not come.
     *
     * @throws IOException when something of it cannot be taken now; calling again takes the rest
     */
    public void gather(Claimed claimed) throws IOException {
        takeaway.finish(claimed.queueId().value(), claimed.file());
        if (!claimed.companions().isEmpty()) {
            companions.gather(claimed.queueId(), keeping.exists(claimed.queueId()));
        }
    }

    /** Whether a file at a source belongs to a claim that has not taken it yet. */
    public boolean reserves(Path source) {
        return companions.reserves(source);
    }

    /** What the note of a copied claim says; empty for another claim. */
    public Optional<String> keptFile(QueueId id) throws IOException {
        return keeping.read(id);
    }

    /** The notes of all copied claims that have not ended. */
    public List<String> keptFiles() throws IOException {
        return keeping.all();
    }

    /** A claim whose file the caller writes: a request that came as a message, not as a file. */
    public Claimed begin(QueueId id, String name) {
        underWay.add(id);
        return new Claimed(id, intake, name, folder.resolve(id + "~" + name));
    }

    /** Ends a claim: the broker has the message, or its input rests elsewhere. */
    public void release(Claimed claimed) throws IOException {
        Files.deleteIfExists(claimed.file()); // first, since companions without it are nobody's
        keeping.delete(claimed.queueId());
        companions.release(claimed);
        forget(claimed.queueId());
    }

    /** The claim's file is kept under a name that is no claim's: {@code unarchived-QUEUEID}. */
    public Path putAside(Claimed claimed) {
        Path aside = folder.resolve("unarchived-" + claimed.queueId());
        try {
            companions.putAside(claimed);
            return Files.move(claimed.file(), aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return claimed.file();
        }
    }

    /** It failed for now; {@link #leftBehind()} gives it again. */
    public void leave(Claimed claimed) {
        underWay.remove(claimed.queueId());
    }

    /**
     * The same, remembering why, so that it need be told of only once.
     *
     * @return whether this is news: it did not fail of this the last time
     */
    public boolean leave(Claimed claimed, String why) {
        boolean news = !why.equals(failures.put(claimed.queueId(), why));
        leave(claimed);
        return news;
    }

    /** Whether it was tried before, since the start, and failed. */
    public boolean failed(Claimed claimed) {
        return failures.containsKey(claimed.queueId());
    }

    /**
     * Claims that nobody works on: left by a crash or a failure. Taking them here makes them the caller's, who calls
     * {@link #gather} next.
     *
     * @throws IOException when the folder cannot be read, or the note of a claim and there is no other claim: one that is
     *     spoilt holds up no other
     */
    public List<Claimed> leftBehind() throws IOException {
        List<Claimed> left = new ArrayList<>();
        Optional<IOException> spoilt = Optional.empty();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????????????????~*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                QueueId id = new QueueId(name.substring(0, 16));
                if (underWay.add(id) && stillThere(id, file)) {
                    try {
                        left.add(claimed(id, file, notes.read(id)));
                    } catch (IOException e) {
                        underWay.remove(id);
                        spoilt = Optional.of(e);
                    }
                }
            }
        }
        if (left.isEmpty() && spoilt.isPresent()) {
            throw spoilt.get();
        }
        return left;
    }

    /** A claim may end between the reading of its name and ours: its file goes first, so what is still there is nobody's. */
    private boolean stillThere(QueueId id, Path file) {
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (!there) {
            underWay.remove(id);
        }
        return there;
    }
}
