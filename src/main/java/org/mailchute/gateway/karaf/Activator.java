package org.mailchute.gateway.karaf;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailchute.gateway.Gateway;
import org.mailchute.gateway.Surroundings;
import org.mailchute.settings.SettingsReader;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** What Karaf starts and stops: the same gateway as on the command line, with {@code etc/mailchute.yaml}. */
public final class Activator implements BundleActivator {
    private @Nullable GatewayThread thread;

    /** Returns at once; the gateway comes up beside Karaf's own start. */
    @Override
    public void start(BundleContext context) {
        Path settings = Path.of(System.getProperty("karaf.etc", "etc"), "mailchute.yaml");
        thread = new GatewayThread(settings, () -> open(settings));
        thread.start();
    }

    private static Gateway open(Path settings) throws Exception {
        return Gateway.start(SettingsReader.read(settings, System.getenv()), Surroundings.real(), List.of());
    }

    /** Returns when the gateway has ended: a class loader must not go away under running threads. */
    @Override
    public void stop(BundleContext context) throws InterruptedException {
        if (thread != null) {
            thread.end();
            thread = null;
        }
    }
}
