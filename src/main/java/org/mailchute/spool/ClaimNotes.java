package org.mailchute.spool;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a claim's file does not say itself, as {@code lay-QUEUEID} beside it: the sub-folder it lay in, and what belongs to it.
 * The note is on disk before the file is moved, and the file before its companions: after a crash in between, the rest of the
 * move is still known, a scan does not go to somebody else, and a page does not become a scan of its own.
 */
record ClaimNotes(Path folder, FolderSync names) {
    private static final String NOTE = "lay-";
    private static final Note NOTHING = new Note("", List.of());

    /** @param companions in the order of their numbers, from 1 */
    record Note(String subfolder, List<Noted> companions) {}

    /** A companion at its source, as it was then: whatever has that name later, but not these, is another scan's. */
    record Noted(Companion.Role role, String source, long size, long modified) {
        static Noted of(Companion companion) throws IOException {
            BasicFileAttributes is = attributes(companion.file());
            return new Noted(
                    companion.role(),
                    companion.file().toAbsolutePath().toString(),
                    is.size(),
                    is.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        }

        Path path() {
            return Path.of(source);
        }

        boolean isThere() throws IOException {
            if (!Files.exists(path(), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            BasicFileAttributes is = attributes(path());
            return is.size() == size && is.lastModifiedTime().to(TimeUnit.MICROSECONDS) == modified;
        }

        private static BasicFileAttributes attributes(Path file) throws IOException {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Nothing is written for a lone file in the intake's own folder. */
    Note write(QueueId id, Gathered gathered) throws IOException {
        if (gathered.subfolder().isEmpty() && gathered.companions().isEmpty()) {
            return NOTHING;
        }
        List<Noted> companions = new ArrayList<>();
        for (Companion companion : gathered.companions()) {
            companions.add(Noted.of(companion));
        }
        Note said = new Note(gathered.subfolder(), companions);
        try (FileChannel note = FileChannel.open(note(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Channels.newOutputStream(note).write(SpoolJson.write(said).getBytes(StandardCharsets.UTF_8));
            note.force(true);
        }
        names.sync();
        return said;
    }

    /** @throws IOException when it is spoilt, too: without it a scan might go to somebody else */
    Note read(QueueId id) throws IOException {
        try {
            return Files.exists(note(id)) ? SpoolJson.read(NoteLines.text(note(id)), Note.class) : NOTHING;
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    note(id)
                            + ", which says what its claim is, cannot be read: mend it, or move the claim's files to where they came from",
                    e);
        }
    }

    void delete(QueueId id) throws IOException {
        Files.deleteIfExists(note(id));
    }

    /**
     * A crash came after the note and before the move: the file is still at its source; or after the end of the claim.
     *
     * @return the claims that still have a note, by their ids
     */
    Set<String> forgetUnclaimed() throws IOException {
        Set<String> claims = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????????????????~*")) {
            files.forEach(file -> claims.add(file.getFileName().toString().substring(0, 16)));
        }
        Set<String> noted = new HashSet<>();
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, NOTE + "*")) {
            for (Path note : notes) {
                String id = note.getFileName().toString().substring(NOTE.length());
                if (claims.contains(id)) {
                    noted.add(id);
                } else {
                    Files.delete(note);
                }
            }
        }
        return noted;
    }

    private Path note(QueueId id) {
        return folder.resolve(NOTE + id);
    }
}
