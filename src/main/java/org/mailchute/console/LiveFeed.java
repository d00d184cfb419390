package org.mailchute.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mailchute.deadletter.Person;
import org.mailchute.management.LiveEvents;
import org.mailchute.management.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends part of a page again whenever it has become another one. However many look at it, it is made once, and the less often the more that costs.
 * While nobody looks it does nothing.
 */
final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int MOST = 64;
    private static final int MOST_OF_ONE = 16;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Of the time one may take that of the waits before it, so that it costs some hundredths of a processor at most. */
    private static final int RESTS = 20;

    private final Map<Object, Shown> all = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-console-live"));

    /** Part of a page, as it is now. */
    @FunctionalInterface
    interface Part {
        String now() throws Exception;
    }

    private static final class Watch {
        private final Person who;
        private final LiveEvents events;
        private final BooleanSupplier may;
        private @Nullable String shown;

        Watch(Person who, LiveEvents events, BooleanSupplier may) {
            this.who = who;
            this.events = events;
            this.may = may;
        }

        boolean isOver() {
            if (!may.getAsBoolean()) {
                events.close();
            }
            return !events.isOpen();
        }

        /** What is not taken now is sent next time, as it is then. */
        void tell(String now) {
            if (!now.equals(shown) && events.send(now)) {
                shown = now;
            }
        }
    }

    private final class Shown {
        private final Part part;
        private final List<Watch> watches = new CopyOnWriteArrayList<>();
        private long due = System.nanoTime();

        Shown(Part part) {
            this.part = part;
        }

        void look() {
            watches.removeIf(Watch::isOver);
            if (watches.isEmpty() || System.nanoTime() - due < 0) {
                return;
            }
            long begun = System.nanoTime();
            try {
                String now = part.now();
                watches.forEach(watch -> watch.tell(now));
            } catch (Exception | LinkageError e) { // of a jar that was replaced, which must not end the clock
                LOG.debug("console: a page cannot be made now", e);
            }
            long end = System.nanoTime();
            due = end + Math.min((end - begun) * RESTS, LONGEST.toNanos());
        }
    }

    LiveFeed() {
        clock.scheduleWithFixedDelay(this::look, SHORTEST.toMillis(), SHORTEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        all.values().forEach(Shown::look);
    }

    /**
     * What a browser is told from now on; of too many, of this visitor or in all, it is told to ask later.
     *
     * @param key of all to whom the part is the same
     * @param may whether the visitor may still be told; its connection ends where not
     */
    Response of(Object key, Part part, Person who, BooleanSupplier may) {
        Shown shown = all.computeIfAbsent(key, any -> new Shown(part));
        List<Watch> now =
                all.values().stream().flatMap(one -> one.watches.stream()).toList();
        long ofOne = now.stream().filter(watch -> watch.who.equals(who)).count();
        return now.size() < MOST && ofOne < MOST_OF_ONE
                ? Response.live(events -> shown.watches.add(new Watch(who, events, may)))
                : Response.line(503, "too many look now");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
