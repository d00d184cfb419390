package org.mailchute.karaf;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Gives Karaf's shell the commands that look after a running gateway, whichever of the two comes first. */
final class ShellCommands extends ServiceTracker<SessionFactory, SessionFactory> {
    private final List<ShellCommand> commands;

    /** @param settings of the gateway of this Karaf */
    ShellCommands(BundleContext context, Path settings) {
        super(context, SessionFactory.class, null);
        commands = Stream.of("check", "console", "dead", "devices", "doctor", "explain", "lanes", "reload", "trace")
                .map(name -> new ShellCommand(name, settings))
                .toList();
    }

    @Override
    public SessionFactory addingService(ServiceReference<SessionFactory> reference) {
        SessionFactory shell = super.addingService(reference);
        commands.forEach(shell.getRegistry()::register);
        return shell;
    }

    @Override
    public void removedService(ServiceReference<SessionFactory> reference, SessionFactory shell) {
        commands.forEach(shell.getRegistry()::unregister);
        super.removedService(reference, shell);
    }
}
