package org.mailchute.rehearsal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mailchute.settings.Settings;
import org.mailchute.watch.IgnoredNames;
import org.mailchute.watch.Stability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what comes into watched and pickup folders into those of a rehearsal; the originals stay as they are. */
final class ScanMirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScanMirror.class);

    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-mirror"));
    /** Path, size and time of what was copied. */
    private final Set<String> copied = new HashSet<>();

    private ScanMirror() {}

    /**
     * A folder to copy from.
     *
     * @param own folders of ours, should they lie below it
     */
    record Watched(
            String name,
            Path folder,
            boolean subfolders,
            Duration poll,
            Duration stableFor,
            Collection<Path> own,
            IgnoredNames ignored) {
        static Watched of(Settings.FolderIntake intake) {
            return new Watched(
                    intake.name(),
                    intake.folder(),
                    intake.subfolders(),
                    intake.poll(),
                    intake.stableFor(),
                    intake.own().values(),
                    new IgnoredNames(intake.places().ignored()));
        }

        /** What is no .eml is copied too, and let alone there as here. */
        static Watched of(Settings.PickupIntake intake) {
            return new Watched(
                    intake.name(),
                    intake.folder(),
                    false,
                    intake.poll(),
                    intake.stableFor(),
                    List.of(),
                    new IgnoredNames(List.of()));
        }
    }

    /** @param rehearsed what is watched, with the folder of the rehearsal for it */
    static ScanMirror start(Map<Watched, Path> rehearsed, Clock clock) {
        ScanMirror mirror = new ScanMirror();
        rehearsed.forEach((from, to) -> {
            Stability stability = new Stability(from.stableFor(), clock);
            mirror.looking.scheduleWithFixedDelay(
                    () -> mirror.look(from, to, stability), 0, from.poll().toMillis(), TimeUnit.MILLISECONDS);
        });
        return mirror;
    }

    private void look(Watched from, Path to, Stability stability) {
        try {
            Files.walkFileTree(
                    from.folder(), Set.of(), from.subfolders() ? Integer.MAX_VALUE : 1, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
                            boolean ours = folder.equals(from.folder());
                            boolean skipped = from.own().contains(folder)
                                    || from.ignored().ignores(name(folder));
                            return ours || !skipped ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                            long time = is.lastModifiedTime().toMillis();
                            if (is.isRegularFile()
                                    && !from.ignored().ignores(name(file))
                                    && stability.ready(file.toString(), is.size(), time)
                                    && copied.add(file + " " + is.size() + " " + time)) {
                                copy(
                                        file,
                                        to.resolve(
                                                from.folder().relativize(file).toString()));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE; // the gateway that really runs may have taken it
                        }
                    });
        } catch (IOException | RuntimeException e) {
            LOG.warn("intake {}: {} cannot be copied for the rehearsal: {}", from.name(), from.folder(), e.toString());
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path half = target.resolveSibling(target.getFileName() + ".part");
        Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING);
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
