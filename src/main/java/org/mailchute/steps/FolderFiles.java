package org.mailchute.steps;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.mailchute.formats.Completeness;
import org.mailchute.watch.FolderAccess;
import org.mailchute.watch.FolderRoom;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.Gathering;
import org.mailchute.watch.Growing;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.KeptFiles;
import org.mailchute.watch.Stability;
import org.mailchute.watch.WaitingFiles;

/**
 * {@code ready-INTAKE}: which files of a watched folder are whole. Asked at every poll for every file, it answers at once
 * from what it saw before, so that a slow file delays no other (Camel's own read locks wait inside the poll).
 */
public final class FolderFiles implements GenericFileFilter<File> {
    private final IgnoredNames ignored;
    private final boolean uploads;
    private final Set<Path> notWatched;
    private final Gathering gathering;
    private final Stability stability;
    private final WaitingFiles waiting;
    private final Optional<KeptFiles> kept;
    private final FolderRoom room;

    /**
     * @param uploads each of its files is one that a device sent to us; none that is ignored was put there by a system
     * @param notWatched folders of ours, should they lie below the watched one
     * @param room shared with the {@link PollTrouble} of this intake
     */
    public FolderFiles(
            IgnoredNames ignored, boolean uploads, Collection<Path> notWatched, FolderWatch watch, FolderRoom room) {
        this.room = room;
        this.ignored = ignored;
        this.uploads = uploads;
        this.notWatched = notWatched.stream().map(FolderFiles::plain).collect(Collectors.toUnmodifiableSet());
        this.gathering = watch.gathering();
        this.stability = gathering.stability();
        this.waiting = watch.waiting();
        this.kept = watch.kept();
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        boolean temporary = ignored.ignores(file.getFileNameOnly());
        if (temporary && (!uploads || file.isDirectory())) {
            return false;
        }
        try {
            Path path = Path.of(file.getFile().getPath()); // File.toPath() would be kept by Camel's listing
            if (temporary) {
                return isForgotten(path);
            }
            return file.isDirectory() ? mayEnter(path) : mayTake(path);
        } catch (IOException | InvalidPathException e) {
            unreadable(file.getAbsoluteFilePath());
            return false;
        }
    }

    /** It went while we looked; or its name is not valid in this locale, so that Java cannot open it (a scanner's Latin-1). */
    private void unreadable(String name) {
        if (!stability.hasRoomFor(name)) {
            return;
        }
        Duration unchanged = stability.look(name, -1, -1);
        String lack =
                "Java cannot open a file of this name in this locale; rename it, or let the gateway run with UTF-8 and the"
                        + " device write UTF-8";
        if (unchanged.compareTo(stableFor()) > 0) {
            waiting.stays(name, lack, unchanged);
        }
    }

    /** An upload that was acknowledged under its temporary name, and that its device never renamed. */
    private boolean isForgotten(Path path) throws IOException {
        String name = path.toString();
        if (!stability.hasRoomFor(name)) {
            return false;
        }
        Duration unchanged =
                gathering.look(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        if (unchanged.isZero()) {
            waiting.forget(name);
        }
        return !waiting.isEarly(unchanged)
                && !waiting.rests(name)
                && waiting.lacks(name, IgnoredNames.NOT_RENAMED, unchanged);
    }

    private boolean mayTake(Path path) throws IOException {
        String name = path.toString();
        if (gathering.reserves(path) || (kept.isPresent() && kept.get().knows(path))) {
            stability.forget(name);
            return false;
        }
        return stability.hasRoomFor(name) && mayTake(path, name);
    }

    private boolean mayTake(Path path, String name) throws IOException {
        BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Duration unchanged = gathering.look(path, is);
        if (gathering.isSidecar(path)) {
            return isOrphan(path, is.size() == 0, unchanged);
        }
        if (!is.isRegularFile()) { // taken at once, to be refused with a reason; it is never opened
            return gathering.ready(path, unchanged, !waiting.rests(name));
        }
        if (unchanged.isZero() && !stableFor().isZero()) {
            waiting.forget(name);
        }
        boolean whole = unchanged.compareTo(stableFor()) >= 0 && !waiting.rests(name) && whole(path, unchanged);
        return gathering.ready(path, unchanged, whole);
    }

    private Duration stableFor() {
        return stability.stableFor();
    }

    /** A sidecar goes with its scan; without one, or empty, it is told of after a while and may be taken out of the way. */
    private boolean isOrphan(Path sidecar, boolean empty, Duration unchanged) throws IOException {
        String name = sidecar.toString();
        if (waiting.isEarly(unchanged) || waiting.rests(name)) {
            return false;
        }
        boolean hasScan = gathering.hasScan(sidecar);
        if (hasScan && !empty) {
            waiting.forget(name);
            return false;
        }
        String lack = hasScan
                ? "it is an empty sidecar, whose scan waits for it"
                : "it is a sidecar, and no scan of its name came";
        return waiting.lacks(name, lack, unchanged);
    }

    /** Or undecided for so long that it is taken out of the way. */
    private boolean whole(Path path, Duration unchanged) {
        Growing growing = Growing.of(path);
        if (unchanged.compareTo(growing.quiet(stableFor())) < 0) {
            return false;
        }
        Optional<String> lack = Completeness.lacks(path).or(growing::more);
        if (lack.isPresent()) {
            return waiting.lacks(path.toString(), lack.get(), unchanged);
        }
        waiting.whole(path.toString());
        return true;
    }

    /** A linked folder may lead anywhere, into the spool itself. */
    private boolean mayEnter(Path folder) {
        if (Files.isSymbolicLink(folder) || notWatched.contains(plain(folder))) {
            return false;
        }
        String name = folder.toString();
        Optional<String> closed = FolderAccess.lacks(folder).or(() -> room.lacks(folder));
        closed.ifPresentOrElse(why -> cannotEnter(name, why), () -> mayEnter(name));
        return closed.isEmpty();
    }

    private void cannotEnter(String folder, String why) {
        if (stability.hasRoomFor(folder)) {
            stability.look(folder, 0, 0);
            waiting.failed(folder, Duration.ZERO, why);
        }
    }

    private void mayEnter(String folder) {
        stability.forget(folder);
        waiting.forget(folder);
    }
}
