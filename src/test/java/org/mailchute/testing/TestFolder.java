package org.mailchute.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for one test, for what JUnit's {@code @TempDir} cannot reach: extensions. Gone with all that is in it when closed. */
public final class TestFolder implements AutoCloseable {
    private final Path path;

    public TestFolder() throws IOException {
        path = Files.createTempDirectory("mailchute");
    }

    public Path path() {
        return path;
    }

    /** Links are deleted, not followed. */
    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why) throws IOException {
                if (why != null) {
                    throw why;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
