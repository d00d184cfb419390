package org.mailchute.karaf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.mailchute.gateway.Gateway;
import org.mailchute.settings.FaultySettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the gateway, waits, closes it: all in one thread of its own. A standby waits for its home for ever, and Karaf's
 * start must not wait with it; libraries look for their parts by the thread's context class loader, in Karaf the bundle's.
 */
final class GatewayThread {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayThread.class);

    /** Longer than a lane takes to end its transaction under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path settings;
    private final Opening opening;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "mailchute");

    /** Starts a gateway, which tells this one when another of its cluster has taken over. */
    interface Opening {
        Gateway start(Consumer<String> lost) throws Exception;
    }

    /** @param settings named in the log when it does not open */
    GatewayThread(Path settings, Opening opening) {
        this.settings = settings;
        this.opening = opening;
        thread.setContextClassLoader(GatewayThread.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Returns when the gateway is closed, or has not closed within {@link #PATIENCE}. */
    void end() throws InterruptedException {
        end.countDown();
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive()) {
            LOG.warn("mailchute has not ended after {} s, and is left behind", PATIENCE.toSeconds());
            thread.interrupt();
        }
    }

    private void run() {
        try {
            Gateway gateway = opening.start(this::cannotGoOn);
            gateway.fault().thenAccept(this::cannotGoOn);
            end.await();
            gateway.close();
            SharedThreads.end();
            LOG.info("mailchute has ended");
        } catch (FaultySettings e) {
            // One entry a fault: Karaf's log cuts long ones.
            e.faults().forEach(fault -> LOG.error("{}", fault));
            LOG.error(
                    "mailchute does not run: mend {} (mailchute.sample.yaml shows how), then restart the bundle",
                    settings);
        } catch (Exception e) {
            LOG.error("mailchute does not run, by the settings in {}", settings, e);
        }
    }

    private void cannotGoOn(String why) {
        LOG.error("{}: mailchute ends; restart the bundle", why);
        end.countDown();
    }
}
