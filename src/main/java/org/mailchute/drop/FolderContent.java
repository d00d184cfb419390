package org.mailchute.drop;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What rests in a folder now, and in the folders below it; the intake may take files away meanwhile.
 *
 * @param folders below it, our own not counted
 */
record FolderContent(long bytes, int files, int folders) {
    static FolderContent in(Path folder) throws IOException {
        Counter counter = new Counter();
        Files.walkFileTree(folder, counter);
        return new FolderContent(counter.bytes, counter.files, counter.folders - OURS);
    }

    /** The device's folder itself, and the two of what is under way. */
    private static final int OURS = 3;

    private static final class Counter extends SimpleFileVisitor<Path> {
        private long bytes;
        private int files;
        private int folders;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            folders++;
            return FileVisitResult.CONTINUE;
        }

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
