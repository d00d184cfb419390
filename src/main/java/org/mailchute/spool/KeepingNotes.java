package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of which files that stay at their source a claim is the copy, as {@code keeping-QUEUEID} beside the claim; on disk before
 * the copy has its name, and as long as the claim.
 */
record KeepingNotes(Path folder) {
    private static final String KEEPING = "keeping-";

    void write(QueueId id, String text) throws IOException {
        try (FileChannel note = FileChannel.open(note(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Channels.newOutputStream(note).write(text.getBytes(StandardCharsets.UTF_8));
            note.force(true);
        }
    }

    boolean exists(QueueId id) {
        return Files.exists(note(id));
    }

    /** Empty for a claim that is no copy. */
    Optional<String> read(QueueId id) throws IOException {
        return exists(id) ? Optional.of(NoteLines.text(note(id))) : Optional.empty();
    }

    List<String> all() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, KEEPING + "*")) {
            for (Path note : notes) {
                found.add(NoteLines.text(note)); // of a spoilt one too: what it says then is nobody's
            }
        }
        return found;
    }

    void delete(QueueId id) throws IOException {
        Files.deleteIfExists(note(id));
    }

    /** A crash came before the copy had its name, or after its claim had ended. */
    void forgetLone() throws IOException {
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, KEEPING + "*")) {
            for (Path note : notes) {
                String id = note.getFileName().toString().substring(KEEPING.length());
                try (DirectoryStream<Path> claims = Files.newDirectoryStream(folder, id + "~*")) {
                    if (!claims.iterator().hasNext()) {
                        Files.delete(note);
                    }
                }
            }
        }
    }

    private Path note(QueueId id) {
        return folder.resolve(KEEPING + id);
    }
}
