package org.mailchute.door;

import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what takes too long. A socket's own time-out counts from octet to octet, and is of no use for what is read or written whole: the
 * handshake and the records of TLS, a line, a reply to a device that does not read. Safe between threads.
 */
public final class Watchdog implements AutoCloseable {
    /** So long after its time something is ended: a socket's own time-out comes first, and its device hears why. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_EVERY_MILLIS = 250;

    private final Clock clock;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** What has a time. */
    public interface Wait {
        /** It may become later meanwhile. */
        Instant last();

        /** Called once, when that is over; must not wait for anything. */
        void cut();
    }

    /** @param name of its thread */
    public Watchdog(String name, Clock clock) {
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread watching = new Thread(work, name + "-watchdog");
                    watching.setDaemon(true);
                    return watching;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // what is watched after the end, nobody looks at
    }

    /** @param plain what is closed when it takes too long; below TLS, where closing does not wait for anybody */
    public Leash leash(Closeable plain) {
        return new Leash(this, plain);
    }

    Clock clock() {
        return clock;
    }

    public void watch(Wait wait) {
        waits.add(wait);
        lookSoon();
    }

    /** It is over in time. */
    public void leave(Wait wait) {
        waits.remove(wait);
    }

    boolean watches(Wait wait) {
        return waits.contains(wait);
    }

    /** While there is nothing to watch, it sleeps. */
    private void lookSoon() {
        if (!waits.isEmpty() && looking.compareAndSet(false, true)) {
            thread.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        Instant over = clock.instant().minus(GRACE);
        waits.stream().filter(wait -> wait.last().isBefore(over)).forEach(this::cut);
        looking.set(false);
        lookSoon();
    }

    private void cut(Wait wait) {
        if (waits.remove(wait)) {
            try {
                wait.cut();
            } catch (RuntimeException e) {
                LOG.error("a connection that takes too long cannot be closed", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
