package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one intake has claimed and the broker does not have yet: {@code incoming/INTAKE/QUEUEID~name}. After a crash or a
 * failure it is taken up again from here.
 */
public final class Incoming {
    private static final int LONGEST_NAME = 255 - 17;
    private static final String KEEPING = "keeping-";

    private final String intake;
    private final Path folder;
    private final FolderSync names;
    private final ClaimPlaces places;
    private final Set<QueueId> underWay = ConcurrentHashMap.newKeySet();

    private Incoming(String intake, Path folder) {
        this.intake = intake;
        this.folder = folder;
        this.names = new FolderSync(folder);
        this.places = new ClaimPlaces(folder, names);
    }

    /** Opens the place of one intake below {@code home}, made where missing. */
    public static Incoming open(Path home, String intake) throws IOException {
        Incoming opened =
                new Incoming(intake, ownFolder(home.resolve("incoming").resolve(intake)));
        opened.forgetHalfCopies();
        opened.forgetLoneNotes();
        opened.places.forgetUnclaimed();
        return opened;
    }

    /** A crash came while a file was being copied: its source is still there. */
    private void forgetHalfCopies() throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, "copying-*")) {
            for (Path half : halves) {
                Files.delete(half);
                Files.deleteIfExists(
                        folder.resolve(half.getFileName().toString().replace("copying-", "moving-")));
            }
        }
    }

    /** A crash came before the copy had its name, or after its claim had ended. */
    private void forgetLoneNotes() throws IOException {
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, KEEPING + "*")) {
            for (Path note : notes) {
                String id = note.getFileName().toString().substring(KEEPING.length());
                try (DirectoryStream<Path> claims = Files.newDirectoryStream(folder, id + "~*")) {
                    if (!claims.iterator().hasNext()) {
                        Files.delete(note);
                    }
                }
            }
        }
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
        return claim(source, id, "");
    }

    /**
     * Likewise, remembering across a crash where it lay.
     *
     * @param subfolder below the intake's folder; empty when in that itself
     */
    public Claimed claim(Path source, QueueId id, String subfolder) throws IOException {
        try {
            places.write(id, subfolder);
            return moved(source, id, subfolder);
        } catch (IOException e) {
            places.delete(id);
            throw e;
        }
    }

    private Claimed moved(Path source, QueueId id, String subfolder) throws IOException {
        String name = shortened(source.getFileName().toString());
        Path target = folder.resolve(id + "~" + name);
        underWay.add(id);
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            moveByCopy(id, source, target);
        } catch (IOException e) {
            underWay.remove(id);
            throw e;
        }
        return new Claimed(id, intake, name, target, subfolder);
    }

    /**
     * Claims a copy; the file stays at its source.
     *
     * @param note says of which file; it is here, on disk, as long as the claim
     * @param subfolder below the intake's folder; empty when in that itself
     * @throws IOException when it cannot be copied; nothing of it is left here then
     */
    public Claimed claimCopy(Path source, QueueId id, String note, String subfolder) throws IOException {
        String name = shortened(source.getFileName().toString());
        Path target = folder.resolve(id + "~" + name);
        underWay.add(id);
        try {
            try (FileChannel file =
                    FileChannel.open(keeping(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                file.write(StandardCharsets.UTF_8.encode(note));
                file.force(true);
            }
            places.write(id, subfolder);
            names.sync();
            copy(source, target);
            return new Claimed(id, intake, name, target, subfolder);
        } catch (IOException e) {
            Files.deleteIfExists(half(target));
            Files.deleteIfExists(keeping(id));
            places.delete(id);
            underWay.remove(id);
            throw e;
        }
    }

    private Path keeping(QueueId id) {
        return folder.resolve(KEEPING + id);
    }

    /** What the note of a copied claim says; empty for another claim. */
    public Optional<String> keptFile(QueueId id) throws IOException {
        return Files.exists(keeping(id)) ? Optional.of(Files.readString(keeping(id))) : Optional.empty();
    }

    /** The notes of all copied claims that have not ended. */
    public List<String> keptFiles() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, KEEPING + "*")) {
            for (Path note : notes) {
                found.add(Files.readString(note));
            }
        }
        return found;
    }

    /** When it fails, nothing of it is left here, and the source stays: it will be claimed again. */
    private void moveByCopy(QueueId id, Path source, Path target) throws IOException {
        try {
            Files.writeString(note(id), source.toAbsolutePath().toString());
            copy(source, target);
            names.sync(); // the new name must be on disk before the old one goes
            Files.delete(source);
            Files.delete(note(id));
        } catch (IOException e) {
            Files.deleteIfExists(half(target));
            Files.deleteIfExists(target);
            Files.deleteIfExists(note(id));
            underWay.remove(id);
            throw e;
        }
    }

    /** A claim whose file the caller writes: a request that came as a message, not as a file. */
    public Claimed begin(QueueId id, String name) {
        underWay.add(id);
        return new Claimed(id, intake, name, folder.resolve(id + "~" + name));
    }

    /** Ends a claim: the broker has the message, or its input rests elsewhere. */
    public void release(Claimed claimed) throws IOException {
        Files.deleteIfExists(claimed.file());
        Files.deleteIfExists(keeping(claimed.queueId()));
        places.delete(claimed.queueId());
        underWay.remove(claimed.queueId());
    }

    /** The claim's file is kept under a name that is no claim's: {@code unarchived-QUEUEID}. */
    public Path putAside(Claimed claimed) {
        Path aside = folder.resolve("unarchived-" + claimed.queueId());
        try {
            return Files.move(claimed.file(), aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return claimed.file();
        }
    }

    /** It failed for now; {@link #leftBehind()} gives it again. */
    public void leave(Claimed claimed) {
        underWay.remove(claimed.queueId());
    }

    /** Claims that nobody works on: left by a crash or a failure. Taking them here makes them the caller's. */
    public List<Claimed> leftBehind() throws IOException {
        List<Claimed> left = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????????????????~*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                QueueId id = new QueueId(name.substring(0, 16));
                if (underWay.add(id) && stillThere(id, file)) {
                    finishMove(id, file);
                    left.add(new Claimed(id, intake, name.substring(17), file, places.read(id)));
                }
            }
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

    /** Stands while a file is being moved by copying, and names the original. */
    private Path note(QueueId id) {
        return folder.resolve("moving-" + id);
    }

    /** A crash came between the copy and the deletion of the original: the same file must not be taken again. */
    private void finishMove(QueueId id, Path copy) throws IOException {
        if (!Files.exists(note(id))) {
            return;
        }
        Path original = Path.of(Files.readString(note(id)));
        if (Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS) && Files.mismatch(original, copy) < 0) {
            Files.delete(original);
        }
        Files.delete(note(id));
    }

    private static void copy(Path source, Path target) throws IOException {
        Path half = half(target);
        // a link is copied as the link it is, and refused later; what it points to is never opened (promise P9)
        Files.copy(source, half, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        if (Files.isRegularFile(half, LinkOption.NOFOLLOW_LINKS)) { // to open a pipe would wait for its other end
            Files.setLastModifiedTime(half, Files.getLastModifiedTime(source, LinkOption.NOFOLLOW_LINKS));
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path half(Path target) {
        return target.resolveSibling(
                "copying-" + target.getFileName().toString().substring(0, 16));
    }

    /** File systems allow 255 octets; the queue id needs 17 of them. The end of the name, with its type, is kept. */
    private static String shortened(String name) {
        String kept = name;
        while (kept.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            kept = kept.substring(kept.offsetByCodePoints(0, 1));
        }
        return kept;
    }

    /** A folder only we may look into. */
    static Path ownFolder(Path folder) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(folder);
    }
}
