package org.mailchute.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The messages of the spool that its broker does not know. To ask lists the folder, once. */
public final class StrayMessages {
    private final Path messages;

    StrayMessages(Path messages) {
        this.messages = messages;
    }

    /** The ids of everything here that is not known, tickets and lone payloads alike. */
    public Set<QueueId> allBut(Predicate<QueueId> known) throws IOException {
        Set<QueueId> ids = new HashSet<>();
        each((id, file) -> {
            if (!known.test(id)) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Removes whatever is here of these messages; the tickets go first. */
    public void discard(Set<QueueId> ids) throws IOException {
        for (QueueId id : ids) {
            Files.deleteIfExists(Spool.ticketFile(messages, id));
        }
        each((id, file) -> {
            if (ids.contains(id)) {
                Files.deleteIfExists(file);
            }
        });
    }

    /** Moves whatever is here of these messages into another folder of the same file system. */
    public void setAside(Set<QueueId> ids, Path folder) throws IOException {
        each((id, file) -> {
            if (ids.contains(id)) {
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    private interface Look {
        void at(QueueId id, Path file) throws IOException;
    }

    private void each(Look look) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(messages, "????????????????.*")) {
            for (Path file : files) {
                look.at(new QueueId(file.getFileName().toString().substring(0, 16)), file);
            }
        }
    }
}
