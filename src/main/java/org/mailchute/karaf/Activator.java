package org.mailchute.karaf;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailchute.gateway.Gateway;
import org.mailchute.gateway.Surroundings;
import org.mailchute.settings.SettingsReader;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Karaf starts and stops: the same gateway and commands as on the command line, with {@code etc/mailchute.yaml}. */
public final class Activator implements BundleActivator {
    private static final Logger LOG = LoggerFactory.getLogger(Activator.class);

    private @Nullable GatewayThread thread;
    private @Nullable ServiceTracker<?, ?> commands;

    /** Returns at once; the gateway comes up beside Karaf's own start. */
    @Override
    public void start(BundleContext context) {
        SharedThreads.begin();
        Path settings = Path.of(System.getProperty("karaf.etc", "etc"), "mailchute.yaml");
        thread = new GatewayThread(settings, lost -> open(settings, lost));
        thread.start();
        commands = commands(context, settings);
    }

    private static @Nullable ServiceTracker<?, ?> commands(BundleContext context, Path settings) {
        try {
            ShellCommands commands = new ShellCommands(context, settings);
            commands.open();
            return commands;
        } catch (NoClassDefFoundError e) {
            LOG.info("there is no shell here that could have commands: {} is missing", e.getMessage());
            return null;
        }
    }

    private static Gateway open(Path settings, Consumer<String> lost) throws Exception {
        return Gateway.start(
                () -> SettingsReader.read(settings, System.getenv()), Surroundings.real(), List.of(), lost);
    }

    /** Returns when the gateway has ended: a class loader must not go away under running threads. */
    @Override
    public void stop(BundleContext context) throws InterruptedException {
        if (commands != null) {
            commands.close();
            commands = null;
        }
        if (thread != null) {
            thread.end();
            thread = null;
        }
        leaveDrivers();
    }

    /** Java keeps each JDBC driver that was loaded, and with ours the class loader of a bundle that has gone. */
    private static void leaveDrivers() {
        DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == Activator.class.getClassLoader())
                .forEach(Activator::leave);
    }

    private static void leave(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            LOG.warn("this stop of the bundle leaves its classes in memory: {}", e.getMessage());
        }
    }
}
