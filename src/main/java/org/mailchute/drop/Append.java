package org.mailchute.drop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A file that was acknowledged and is taken back to be continued. A note of its name and length is on disk before it loses
 * its name, so that neither an aborted upload nor a crash costs what was there.
 *
 * @param half where it grows
 * @param length what was acknowledged, in bytes
 */
record Append(DropPath path, Path half, long length) {
    /** @throws java.nio.file.NoSuchFileException when the file is taken meanwhile */
    static Append begin(DropFolder folder, DropPath path, Path half) throws IOException {
        Path place = folder.place(path);
        Append append = new Append(path, half, Files.size(place));
        Files.writeString(append.note(), append.length + "\n" + path);
        force(append.note());
        FolderFsync.of(folder.partial());
        try {
            Files.move(place, half, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) { // mostly it has just been taken to be mailed
            append.done();
            throw e;
        }
        return append;
    }

    /** Empty when the note is spoilt. */
    static Optional<Append> read(Path note) throws IOException {
        try {
            List<String> lines = Files.readAllLines(note);
            DropPath path = DropPath.ROOT.resolve(lines.size() == 2 ? lines.get(1) : "");
            return path.equals(DropPath.ROOT)
                    ? Optional.empty()
                    : Optional.of(new Append(path, half(note), Long.parseLong(lines.get(0))));
        } catch (CharacterCodingException | NumberFormatException | DropRefused e) {
            return Optional.empty();
        }
    }

    /** What this is the note of. */
    static Path half(Path note) {
        String name = note.getFileName().toString();
        return note.resolveSibling(name.substring(0, name.length() - ".note".length()));
    }

    private Path note() {
        return half.resolveSibling(half.getFileName() + ".note");
    }

    /** Everything as it was before. */
    void undo(DropFolder folder) throws IOException {
        if (Files.exists(half)) {
            try (FileChannel file = FileChannel.open(half, StandardOpenOption.WRITE)) {
                file.truncate(length);
                file.force(true);
            }
            folder.name(half, path);
        }
        done();
    }

    void done() throws IOException {
        Files.deleteIfExists(note());
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
