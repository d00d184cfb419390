package org.mailchute.watch;

import java.io.IOException;
import java.util.Optional;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Ticket;

/**
 * What a watched folder has beyond other intakes.
 *
 * @param gathering which of its files become one message
 * @param waiting its files that stay though nobody wants them to
 * @param undecided where files go that never became whole; empty to let them stay
 * @param kept its files that stay after they were taken; empty when none does
 * @param sent those that were sent lately; empty not to know them again
 * @param archive where what was sent is kept; empty to delete it
 */
public record FolderWatch(
        Gathering gathering,
        WaitingFiles waiting,
        Optional<RejectedPlace> undecided,
        Optional<KeptFiles> kept,
        Optional<SentFiles> sent,
        Optional<Archive> archive) {

    /** The broker has it; its claim is about to end. */
    public void enqueued(Claimed claimed, Ticket ticket) throws IOException {
        if (sent.isPresent()) {
            sent.get().sent(claimed, ticket);
        }
        ended(claimed);
    }

    /** It was enqueued or refused. */
    public void ended(Claimed claimed) throws IOException {
        if (kept.isPresent()) {
            kept.get().done(claimed.queueId());
        }
    }
}
