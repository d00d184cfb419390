package org.mailchute.request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailchute.intake.Digested;
import org.mailchute.spool.QueueId;

/**
 * The request ids of one intake, with what was received under them, so that a request that is published twice is mailed
 * once. The broker's transaction is the truth: an entry counts once the event {@code received} has told that it was
 * committed, or while its message rests in the spool. Kept in a file of one line an entry, across restarts.
 *
 * <pre>
 * E id-hash content-hash message-hash queue-id milliseconds     a request came
 * C queue-id                                                    it was committed
 * </pre>
 */
public final class RequestBook {
    private static final int MOST = 100_000;

    private final RequestLines lines;
    private final Duration remembered;
    private final Clock clock;
    private final Map<QueueId, String> underWay = new HashMap<>();

    /**
     * One request.
     *
     * @param content hash of all that was published
     * @param message hash of the broker's name for the message, to know it again when it is delivered again; empty when it
     *     has none
     * @param time when it came
     */
    public record Entry(String content, String message, QueueId queueId, Instant time, boolean committed) {
        Entry committed(boolean is) {
            return new Entry(content, message, queueId, time, is);
        }
    }

    /** @param remembered how long an id is known */
    public RequestBook(Path file, Duration remembered, Clock clock) throws IOException {
        this.lines = new RequestLines(file, MOST);
        this.remembered = remembered;
        this.clock = clock;
    }

    /**
     * Notes a request, unless its id is known already.
     *
     * @param id the application's
     * @param content hash of all that was published
     * @param message the broker's name for the message; empty when it has none
     * @param rests whether the message of this queue id is in the spool
     * @return what came under this id before; empty when this is the first
     */
    public synchronized Optional<Entry> enter(
            String id, String content, String message, QueueId queueId, Predicate<QueueId> rests) throws IOException {
        String key = Digested.sha256(id);
        awaitFree(key);
        Instant oldest = clock.instant().minus(remembered);
        String name = message.isEmpty() ? "-" : Digested.sha256(message);
        Optional<Entry> before = lines.find(key)
                .filter(entry -> !entry.time().isBefore(oldest))
                .filter(entry -> counts(entry, name, rests));
        if (before.isEmpty()) {
            Entry entry = new Entry(content, name, queueId, clock.instant(), false);
            lines.add(new RequestLines.Line(key, entry), oldest);
            underWay.put(queueId, key);
        }
        return before;
    }

    /** Whoever entered it works on it no longer: it is in the spool, or will come again. */
    public synchronized void left(QueueId queueId) {
        underWay.remove(queueId);
        notifyAll();
    }

    /** Two of one id that come side by side go one after the other. */
    private void awaitFree(String key) throws IOException {
        try {
            while (underWay.containsValue(key)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while another request of this id is read", e);
        }
    }

    /** An earlier delivery of the same message was not committed, else it would not have come again. */
    private static boolean counts(Entry before, String name, Predicate<QueueId> rests) {
        return before.committed()
                || (!name.equals("-") && !name.equals(before.message()) && rests.test(before.queueId()));
    }

    /** The broker has it for good. */
    public synchronized void committed(String queueId) {
        try {
            lines.confirm(queueId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
