package org.mailchute.console;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mailchute.deadletter.Person;
import org.mailchute.management.Managed;
import org.mailchute.spool.QueueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends many dead letters again, one after the other, while the visitor looks at something else. */
final class Replays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final Managed gateway;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "mailchute-console-replay"));
    private volatile Progress progress = new Progress(0, 0);

    Replays(Managed gateway) {
        this.gateway = gateway;
    }

    /** @param done of {@code all} messages */
    public record Progress(int done, int all) {
        boolean isOver() {
            return done == all;
        }
    }

    /** How far it is; empty where nothing is under way. */
    Optional<Progress> progress() {
        return Optional.of(progress).filter(now -> !now.isOver());
    }

    /**
     * Those of a message that have another cause stay.
     *
     * @throws IllegalArgumentException while others are sent again
     */
    synchronized void begin(View view, DeadPage.Cause cause) {
        if (!progress.isOver()) {
            throw new IllegalArgumentException(view.say("dead.busy"));
        }
        progress = new Progress(0, cause.messages().size());
        thread.execute(() -> replay(cause, view.visitor().person()));
    }

    private void replay(DeadPage.Cause cause, Person by) {
        List<QueueId> messages = cause.messages();
        int failed = 0;
        for (int done = 0; done < messages.size(); done++) {
            progress = new Progress(done, messages.size());
            failed += replayed(messages.get(done), cause, by) ? 0 : 1;
        }
        progress = new Progress(0, 0);
        LOG.info(
                "console: {} sent {} of {} dead messages again{}",
                by,
                messages.size() - failed,
                messages.size(),
                failed == 0 ? "" : "; the others are dead letters still");
    }

    private boolean replayed(QueueId message, DeadPage.Cause cause, Person by) {
        try {
            gateway.desk().replay(message, cause::isOf, by);
            return true;
        } catch (Exception e) {
            LOG.warn("console: queueId={} cannot be sent again: {}", message, e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
