package org.mailchute.intake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.mailchute.spool.Claimed;

/** Where an intake's refused input rests, each with a reason file beside it. */
public final class RejectedPlace {
    private static final int MOST_OF_A_NAME = 1_000;

    private final Path folder;

    public RejectedPlace(Path folder) {
        this.folder = folder;
    }

    /**
     * Moves the input there and writes {@code NAME.reason.txt}. Nothing there is ever overwritten; a link is moved as a link
     * and never opened.
     *
     * @return where it is now
     */
    public Path reject(Claimed claimed, Refused why, Instant now) throws IOException {
        Files.createDirectories(folder);
        Path reason = reasonFile(claimed.name());
        String name = reason.getFileName().toString().replaceFirst("\\.reason\\.txt$", "");
        try (FileChannel file = FileChannel.open(reason, StandardOpenOption.WRITE)) {
            file.write(StandardCharsets.UTF_8.encode(text(claimed, why, now)));
            file.force(true);
        }
        Path place = folder.resolve(name);
        move(claimed.file(), place);
        return place;
    }

    private static String text(Claimed claimed, Refused why, Instant now) {
        return "file     %s%nwhy      %s%nremedy   %s%ntime     %s%nqueue id %s%n"
                .formatted(
                        claimed.name().replaceAll("\\p{Cntrl}", "?"),
                        why.reason(),
                        why.remedy(),
                        now,
                        claimed.queueId());
    }

    /** Creates the reason file under the first free number; whoever creates it owns the name beside it. */
    private Path reasonFile(String wanted) throws IOException {
        String name = harmless(wanted);
        for (int number = 0; number < MOST_OF_A_NAME; number++) {
            String numbered = number == 0 ? name : name + "-" + number;
            if (Files.exists(folder.resolve(numbered), LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try {
                return Files.createFile(folder.resolve(numbered + ".reason.txt"));
            } catch (FileAlreadyExistsException e) {
                // the next number then
            }
        }
        throw new IOException(folder + " already holds " + MOST_OF_A_NAME + " refused files of this name; empty it");
    }

    /** Names come from file names or are ours; still, no name leaves the folder or is too long for a number and ending. */
    private static String harmless(String name) {
        String plain = name.replaceAll("[/\\\\\\p{Cntrl}:]", "_");
        while (plain.getBytes(StandardCharsets.UTF_8).length > 230) {
            plain = plain.substring(plain.offsetByCodePoints(0, 1));
        }
        return plain.matches("\\.*") ? "unnamed" : plain;
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.isSymbolicLink(from)) {
            Files.createSymbolicLink(to, Files.readSymbolicLink(from));
            Files.delete(from);
        } else {
            Files.move(from, to);
        }
    }
}
