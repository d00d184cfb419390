package org.mailchute.drop;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's folder. What is being uploaded grows in {@code .partial}, which no intake looks into, in a folder of this process, and gets its name when
 * it is whole and on disk. A name that stands there already is a scan of its own: it is numbered, never overwritten. Only
 * names that an intake passes by, because they tell of a file that is not finished, are replaced: the device begins anew.
 */
public final class DropFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    private static final String PARTIAL = ".partial";
    private static final String APPENDED = "append-";
    private static final int MOST_OF_A_NAME = 10_000;

    private final Path folder;
    private final Path partial;
    private final boolean subfolders;
    private final DropRoom room;
    private final Predicate<String> unfinished;
    private final AtomicLong unique = new AtomicLong();
    private final AtomicLong halves = new AtomicLong();
    private final EmptyUploads empty = new EmptyUploads();

    private DropFolder(Path folder, boolean subfolders, DropRoom room, Predicate<String> unfinished) {
        this.folder = folder;
        this.partial = folder.resolve(PARTIAL).resolve(UUID.randomUUID().toString());
        this.subfolders = subfolders;
        this.room = room;
        this.unfinished = unfinished;
    }

    /**
     * Makes it where missing, and clears away what a crash left half.
     *
     * @param subfolders the device may make folders in it
     * @param unfinished names that the intake does not take
     * @param closed whether the intake takes nothing now, since too much of it was refused
     */
    public static DropFolder open(
            Path folder, boolean subfolders, Quota quota, Predicate<String> unfinished, BooleanSupplier closed)
            throws IOException {
        Path real = folder.toAbsolutePath().normalize();
        DropFolder opened = new DropFolder(real, subfolders, new DropRoom(real, quota, closed), unfinished);
        opened.clear(Files.createDirectories(real.resolve(PARTIAL)));
        Files.createDirectory(opened.partial);
        return opened;
    }

    /** No device was told that these are safe, so it has them still; what they were appended to was acknowledged. A gateway that wakes finds no folder. */
    private void clear(Path halves) throws IOException {
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(halves, APPENDED + "*.note")) {
            for (Path note : notes) {
                undo(note);
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(halves)) {
            for (Path half : all) {
                if (Files.isDirectory(half, LinkOption.NOFOLLOW_LINKS)) {
                    clear(half);
                }
                Files.delete(half);
            }
        }
    }

    /** Of a spoilt note nobody knows how much of its file was acknowledged: all of it gets a name, and is mailed as it is. */
    private void undo(Path note) throws IOException {
        Optional<Append> append = Append.read(note);
        if (append.isPresent()) {
            append.get().undo(this);
            return;
        }
        Path half = Append.half(note);
        Path whole = free(folder.resolve(half.getFileName()));
        if (Files.exists(half)) {
            Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
            LOG.warn(
                    "{} cannot be read: what was being appended to is kept as {}, perhaps with a part too many",
                    note,
                    whole);
        }
        Files.delete(note);
    }

    Path partial() {
        return partial;
    }

    boolean finished(String name) {
        return !unfinished.test(name);
    }

    /** Where a path is on disk; links are not followed, the devices can make none. */
    Path place(DropPath path) {
        return path.below(folder);
    }

    EmptyUploads empty() {
        return empty;
    }

    /** Begins an upload whose name nobody has (STOU). */
    synchronized Upload beginUnique(DropPath folder) throws IOException {
        DropPath path = folder.resolve("scan-" + unique.incrementAndGet());
        while (Files.exists(place(path), LinkOption.NOFOLLOW_LINKS)) {
            path = folder.resolve("scan-" + unique.incrementAndGet());
        }
        return begin(path);
    }

    /** Begins an upload of its own (STOR, STOU). */
    synchronized Upload begin(DropPath path) throws IOException {
        checkTarget(path);
        room.checkFiles();
        return Upload.fresh(this, path, partial.resolve(half()));
    }

    /** Begins to continue a file (APPE); one that is not there, or was taken, begins anew (RFC 959 section 4.1.3). */
    synchronized Upload append(DropPath path) throws IOException {
        checkTarget(path);
        if (!Files.isRegularFile(place(path), LinkOption.NOFOLLOW_LINKS)) {
            return begin(path);
        }
        Path half = partial.resolve(APPENDED + half());
        try {
            return Upload.more(this, path, Append.begin(this, path, half));
        } catch (NoSuchFileException e) {
            return begin(path);
        }
    }

    private String half() {
        return Long.toString(halves.incrementAndGet());
    }

    private void checkTarget(DropPath path) throws DropRefused {
        Path place = place(path);
        if (path.root() || Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new DropRefused(DropRefused.NAME_NOT_ALLOWED, "That is a folder: give a file name.");
        }
        if (!Files.isDirectory(place(path.parent()), LinkOption.NOFOLLOW_LINKS)) {
            throw new DropRefused(DropRefused.NOT_AVAILABLE, "There is no such folder here.");
        }
    }

    DropRoom room() {
        return room;
    }

    /** Gives a whole file its name, or its name with a number; only here do names come into being. */
    synchronized Path name(Path half, DropPath path) throws IOException {
        empty.remove(path);
        Path wanted = place(path);
        Path free = finished(path.name()) ? free(wanted) : wanted;
        Files.move(half, free, StandardCopyOption.ATOMIC_MOVE);
        FolderFsync.of(place(path.parent()));
        return free;
    }

    private static Path free(Path wanted) throws IOException {
        for (int number = 0; number < MOST_OF_A_NAME; number++) {
            Path name = number == 0 ? wanted : wanted.resolveSibling(marked(wanted, number));
            if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
                return name;
            }
        }
        throw new DropRefused(DropRefused.NAME_NOT_ALLOWED, "Too many files of this name wait here.");
    }

    /** {@code scan.pdf} becomes {@code scan-1.pdf}, which still opens. */
    private static String marked(Path wanted, int number) {
        String name = wanted.getFileName().toString();
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return name.substring(0, end) + "-" + number + name.substring(end);
    }

    /** @throws DropRefused when there is no such file any more, or the new name cannot be */
    synchronized void rename(DropPath from, DropPath to) throws IOException {
        checkTarget(to);
        if (from.equals(to)) {
            return;
        }
        if (empty.remove(from)) {
            empty.add(to);
            return;
        }
        if (!Files.isRegularFile(place(from), LinkOption.NOFOLLOW_LINKS)) {
            throw new DropRefused(DropRefused.NOT_AVAILABLE, "There is no such file, or it was taken already.");
        }
        name(place(from), to);
    }

    /** Only what is empty: a connection test. A scan that came cannot be taken back. */
    synchronized void delete(DropPath path) throws IOException {
        if (!empty.remove(path)) {
            throw new DropRefused(
                    DropRefused.NOT_AVAILABLE,
                    Files.exists(place(path), LinkOption.NOFOLLOW_LINKS)
                            ? "What was sent cannot be taken back."
                            : "There is no such file, or it was taken already.");
        }
    }

    /** Only an empty one. */
    synchronized void removeFolder(DropPath path) throws IOException {
        try {
            if (path.root() || !Files.isDirectory(place(path), LinkOption.NOFOLLOW_LINKS)) {
                throw new DropRefused(DropRefused.NOT_AVAILABLE, "There is no such folder here.");
            }
            Files.delete(place(path));
        } catch (DirectoryNotEmptyException e) {
            throw new DropRefused(DropRefused.NOT_AVAILABLE, "Files wait in it: it cannot be removed.");
        }
    }

    synchronized void makeFolder(DropPath path) throws IOException {
        if (!subfolders) {
            throw new DropRefused(DropRefused.NOT_AVAILABLE, "No folders can be made here: save without a folder.");
        }
        if (!finished(path.name())) {
            throw new DropRefused(DropRefused.NAME_NOT_ALLOWED, "No scan is taken from a folder of such a name.");
        }
        if (path.root() || Files.exists(place(path), LinkOption.NOFOLLOW_LINKS)) {
            throw new DropRefused(DropRefused.NOT_AVAILABLE, "It is there already.");
        }
        Path place = place(path);
        if (!Files.isDirectory(place(path.parent()), LinkOption.NOFOLLOW_LINKS)) {
            throw new DropRefused(DropRefused.NOT_AVAILABLE, "There is no folder to make it in.");
        }
        room.checkFolders();
        Files.createDirectory(place);
    }
}
