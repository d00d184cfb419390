package org.mailchute.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailchute.management.LiveEvents;
import org.mailchute.management.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends part of a page again whenever it has become another one. While nobody looks it does nothing. */
final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int MOST = 64;

    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "mailchute-console-live"));

    /** Part of a page, as it is now. */
    @FunctionalInterface
    interface Part {
        String now() throws Exception;
    }

    private static final class Watch {
        private final Part part;
        private final LiveEvents events;
        private @Nullable String shown;

        Watch(Part part, LiveEvents events) {
            this.part = part;
            this.events = events;
        }

        /** What is not taken now is sent next time, as it is then. */
        void look() {
            try {
                String now = part.now();
                if (!now.equals(shown) && events.send(now)) {
                    shown = now;
                }
            } catch (Exception e) {
                LOG.debug("console: a page cannot be made now", e);
            }
        }
    }

    LiveFeed() {
        clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        watches.removeIf(watch -> !watch.events.isOpen());
        watches.forEach(Watch::look);
    }

    /** What a browser is told from now on; of too many it is told to ask later. */
    Response of(Part part) {
        return watches.size() < MOST
                ? Response.live(events -> watches.add(new Watch(part, events)))
                : Response.line(503, "too many look now");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
