package org.mailchute.drop;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** What rests in a folder now, and in the folders below it; the intake may take files away meanwhile. */
record Rest(long bytes, int files) {
    static Rest in(Path folder) throws IOException {
        Counter counter = new Counter();
        Files.walkFileTree(folder, counter);
        return new Rest(counter.bytes, counter.files);
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
        private long bytes;
        private int files;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            files++;
            return FileVisitResult.CONTINUE;
        }

        /** It was taken between its name and our look. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
