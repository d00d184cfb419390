package org.mailchute.spool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An input that has left its source and now belongs to the spool, but is not enqueued yet. It stays under
 * {@code incoming/} until the broker has it, so that a crash in between only means that it is taken up again, under the
 * same queue id.
 *
 * @param queueId the id the message will have
 * @param intake the intake it came by
 * @param name the file's name at its source
 * @param file where it is now
 * @param subfolder where it lay below its intake's folder; empty when in that itself
 * @param companions what was claimed with it; a file of these that went away meanwhile is not there
 */
public record Claimed(
        QueueId queueId, String intake, String name, Path file, String subfolder, List<Companion> companions) {
    public Claimed {
        companions = List.copyOf(companions);
    }

    /** One without companions that lay in no sub-folder. */
    public Claimed(QueueId queueId, String intake, String name, Path file) {
        this(queueId, intake, name, file, "", List.of());
    }

    /** All of it: the file itself, then its companions. */
    public List<Companion> files() {
        return Stream.concat(Stream.of(new Companion(Companion.Role.PAGE, name, file)), companions.stream())
                .toList();
    }

    /** What is attached, in its order. */
    public List<Companion> pages() {
        return files().stream()
                .filter(file -> file.role() == Companion.Role.PAGE)
                .toList();
    }

    /** The ticket that came beside it. */
    public Optional<Companion> sidecar() {
        return companions.stream()
                .filter(companion -> companion.role() == Companion.Role.SIDECAR)
                .findFirst();
    }
}
