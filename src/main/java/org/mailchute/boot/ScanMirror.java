package org.mailchute.boot;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mailchute.intake.IgnoredNames;
import org.mailchute.intake.Stability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what comes into watched folders into those of a rehearsal; the originals stay as they are. */
final class ScanMirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScanMirror.class);

    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-mirror"));
    /** Path, size and time of what was copied. */
    private final Set<String> copied = new HashSet<>();

    private ScanMirror() {}

    /** @param rehearsed the same intakes in the same order, with the folders of the rehearsal */
    static ScanMirror start(List<Settings.FolderIntake> real, List<Settings.FolderIntake> rehearsed, Clock clock) {
        ScanMirror mirror = new ScanMirror();
        for (int i = 0; i < real.size(); i++) {
            Settings.FolderIntake from = real.get(i);
            Path to = rehearsed.get(i).folder();
            Stability stability = new Stability(from.stableFor(), clock);
            IgnoredNames ignored = new IgnoredNames(from.places().ignored());
            mirror.looking.scheduleWithFixedDelay(
                    () -> mirror.look(from, to, stability, ignored),
                    0,
                    from.poll().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return mirror;
    }

    private void look(Settings.FolderIntake from, Path to, Stability stability, IgnoredNames ignored) {
        try {
            Files.walkFileTree(
                    from.folder(), Set.of(), from.subfolders() ? Integer.MAX_VALUE : 1, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
                            boolean ours = folder.equals(from.folder());
                            boolean skipped = from.own().containsValue(folder) || ignored.ignores(name(folder));
                            return ours || !skipped ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                            long time = is.lastModifiedTime().toMillis();
                            if (is.isRegularFile()
                                    && !ignored.ignores(name(file))
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
