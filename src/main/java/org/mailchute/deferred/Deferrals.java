package org.mailchute.deferred;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets deliveries leave when their time comes or their lane opens. The broker holds them, in queues that page to disk; nothing
 * of this is lost with the process (promise P1).
 */
public final class Deferrals implements AutoCloseable {
    /** Properties of a message that waits; the names are headers in the routes. */
    public static final String QUEUE_ID = "queueId";

    public static final String LANE = "lane";
    public static final String OPTION = "option";
    /** When it may leave, epoch milliseconds. */
    public static final String DUE = "due";

    /** Whether it may leave before, as soon as its lane is open; for what has an end of its own. */
    public static final String FOR_LANE = "waitsForLane";

    static final String PRIORITY = "priority";

    private static final Logger LOG = LoggerFactory.getLogger(Deferrals.class);
    private static final long LOOKS_MS = 500;

    private final ConnectionFactory broker;
    private final String undeliverable;
    private final Shelves shelves;
    private final Gate gate;
    private final Clock clock;
    private final Tally tally = new Tally();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-deferred"));

    private @Nullable Porter porter;
    private @Nullable Rounds rounds;
    private boolean troubled;

    /** @param undeliverable the queue for what is none of ours */
    public Deferrals(ConnectionFactory broker, String undeliverable, Shelves shelves, Gate gate, Clock clock) {
        this.broker = broker;
        this.undeliverable = undeliverable;
        this.shelves = shelves;
        this.gate = gate;
        this.clock = clock;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::look, 0, LOOKS_MS, TimeUnit.MILLISECONDS);
    }

    /** Deliveries of a lane that wait for a later time; what the routes sent within the last second may be missing. */
    public long waiting(String lane) {
        return tally.of(lane);
    }

    private void look() {
        try {
            if (gate.moves()) {
                Rounds work = rounds();
                work.begin();
                while (!thread.isShutdown() && gate.moves() && work.round()) {
                    LOG.trace("more may wait");
                }
            }
            troubled = false;
        } catch (JMSException | RuntimeException | Error e) { // after one that gets out there are no more looks
            letGo();
            tell(e);
        }
    }

    private void tell(Throwable trouble) {
        if (!troubled && !thread.isShutdown()) {
            LOG.warn(
                    "what waits for a later time or an open lane cannot leave now; tried again: {}",
                    trouble.toString());
            LOG.debug("why", trouble);
        }
        troubled = true;
    }

    private Rounds rounds() throws JMSException {
        Rounds known = rounds;
        if (known == null) {
            porter = new Porter(broker, undeliverable);
            known = new Rounds(porter, shelves, gate, tally, clock);
            rounds = known;
        }
        return known;
    }

    private void letGo() {
        Porter old = porter;
        porter = null;
        rounds = null;
        if (old != null) {
            try {
                old.close();
            } catch (JMSException | RuntimeException e) {
                LOG.debug("it was lost already", e);
            }
        }
    }

    /** Ends after the transaction under way. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
        letGo();
    }
}
