package org.mailchute.gateway;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Handler;

/**
 * What happens after the server's reply was read and before the broker commits: a step in a route file of the test's own. What
 * lies on disk then is what kill -9 leaves.
 */
public final class Uncommitted {
    private static final AtomicReference<Runnable> ONCE = new AtomicReference<>(Uncommitted::nothing);

    /** Route files in which this is the first step of {@code 5-accepted}. */
    static Path routes(Path folder, Runnable once) throws IOException {
        ONCE.set(once);
        String shipped = Files.readString(Path.of("routes/5-accepted.camel.yaml"));
        String step = "      steps:\n        - bean:\n            beanType: " + Uncommitted.class.getName() + "\n";
        Files.writeString(folder.resolve("5-accepted.camel.yaml"), shipped.replaceFirst("      steps:\n", step));
        return folder;
    }

    /** Called by the route. */
    @Handler
    public void happens() {
        ONCE.getAndSet(Uncommitted::nothing).run();
    }

    private static void nothing() {}

    /** A copy of a home, as kill -9 would leave it now. */
    static void copy(Path home, Path to) {
        try {
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) throws IOException {
                    Files.createDirectories(to.resolve(home.relativize(folder)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                    Files.copy(file, to.resolve(home.relativize(file)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException why) {
                    return FileVisitResult.CONTINUE; // it went meanwhile
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
