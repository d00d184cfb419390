package org.mailchute.spool;

import java.nio.file.Path;

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
 */
public record Claimed(QueueId queueId, String intake, String name, Path file, String subfolder) {
    /** One that lay in no sub-folder. */
    public Claimed(QueueId queueId, String intake, String name, Path file) {
        this(queueId, intake, name, file, "");
    }
}
