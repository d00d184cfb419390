package org.mailchute.steps;

import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.mailchute.intake.Refused;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;

/** One that takes files, from a folder or a server. */
public interface FileIntake extends Intake {
    /**
     * Takes a file, and what belongs to it, away from its source.
     *
     * @param local the same on this machine
     * @return empty when it is not to be taken now
     * @throws IOException when it cannot be taken, and nobody was told
     */
    Optional<Claimed> claim(Exchange exchange, GenericFile<?> file, File local, QueueId id) throws IOException;

    /**
     * Makes a message of what was claimed; its payloads are in the spool then.
     *
     * @throws Refused when it can never become mail
     * @throws IOException when it cannot be read, or somebody writes to it still
     */
    Ticket ticket(Claimed claimed, Instant now) throws IOException, Refused;
}
