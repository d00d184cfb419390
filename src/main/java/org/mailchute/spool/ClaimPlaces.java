package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * In which sub-folder a claimed file lay, as {@code lay-QUEUEID} beside the claim. It is on disk before the file is moved:
 * a crash in between must not make a scan forget whose it is and go to somebody else.
 */
final class ClaimPlaces {
    private static final String NOTE = "lay-";

    private final Path folder;
    private final FolderSync names;

    ClaimPlaces(Path folder, FolderSync names) {
        this.folder = folder;
        this.names = names;
    }

    /** Nothing is written for the intake's own folder. */
    void write(QueueId id, String subfolder) throws IOException {
        if (subfolder.isEmpty()) {
            return;
        }
        try (FileChannel note = FileChannel.open(note(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            note.write(StandardCharsets.UTF_8.encode(subfolder));
            note.force(true);
        }
        names.sync();
    }

    /** Empty when it lay in the intake's own folder. */
    String read(QueueId id) throws IOException {
        return Files.exists(note(id)) ? Files.readString(note(id)) : "";
    }

    void delete(QueueId id) throws IOException {
        Files.deleteIfExists(note(id));
    }

    /** A crash came after the note and before the move: the file is still at its source. */
    void forgetUnclaimed() throws IOException {
        Set<String> claims = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????????????????~*")) {
            files.forEach(file -> claims.add(file.getFileName().toString().substring(0, 16)));
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, NOTE + "*")) {
            for (Path note : notes) {
                if (!claims.contains(note.getFileName().toString().substring(NOTE.length()))) {
                    Files.delete(note);
                }
            }
        }
    }

    private Path note(QueueId id) {
        return folder.resolve(NOTE + id);
    }
}
