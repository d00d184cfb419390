package org.mailchute.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailchute.gateway.Gateway;
import org.mailchute.gateway.Surroundings;
import org.mailchute.rehearsal.RehearsedTenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mailchute run}: the gateway, until it is told to stop. */
@Command(
        name = "run",
        description =
                "Runs the gateway until it is stopped (Ctrl-C, SIGTERM). SIGHUP lets it read its settings anew, as reload does."
                        + " This is the default command.",
        footer = {
            "",
            "Exit codes: 0 stopped, 1 it could not start or go on, 2 faulty settings or usage, or no right to open a port, 143 stopped by SIGTERM",
            "",
            "Examples:",
            "  mailchute run --config /etc/mailchute/mailchute.yaml",
            "  mailchute run --rehearse",
            "  MAILCHUTE_CONFIG=/etc/mailchute/mailchute.yaml mailchute"
        })
final class RunCommand extends SettingsCommand {
    private static final int CANNOT_GO_ON = 1;

    @Option(
            names = "--rehearse",
            description =
                    "Sends to a simulated Microsoft 365 instead of the real one. What lies in the watched and pickup"
                            + " folders is copied and stays there; FTP servers and brokers are not asked; ports for devices"
                            + " and applications are open to this machine alone, without TLS, by the password \"rehearsal\"; no"
                            + " secret is used; all it writes lies in HOME/rehearsal, and goes when"
                            + " it ends well, but for the mail received. May run beside the real gateway.")
    private boolean rehearse;

    @Override
    public Integer call() throws Exception {
        SecondCompiler.keepToWhatPays();
        if (rehearse) {
            RehearsedTenant tenant = RehearsedTenant.open(config.withoutSecrets(), out());
            return untilStopped(tenant, tenant.fault());
        }
        Gateway gateway = Gateway.start(config::settings, Surroundings.real(), List.of(), RunCommand::endAtOnce);
        Hangup.runs(() -> reload(gateway));
        return untilStopped(gateway, gateway.fault());
    }

    /** An orderly end would still write into a home that another gateway works with by now. */
    private static void endAtOnce(String why) {
        log().error(
                        "{}: mailchute ends at once with exit code {}, to be started again as a standby",
                        why,
                        CANNOT_GO_ON);
        Runtime.getRuntime().halt(CANNOT_GO_ON);
    }

    /** What came of it is in the log. */
    private static void reload(Gateway gateway) {
        try {
            gateway.reload();
        } catch (Exception e) {
            log().error("the settings could not be taken anew", e);
        }
    }

    /** @return the exit code; after a signal that is the signal's, whatever is returned */
    private static int untilStopped(AutoCloseable running, CompletableFuture<String> fault) {
        AtomicBoolean ends = new AtomicBoolean();
        Runnable toldTo = () -> {
            if (!ends.getAndSet(true)) {
                log().info("mailchute was told to stop (SIGTERM or Ctrl-C): what is under way ends first");
                stop(running);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(toldTo, "mailchute-stop"));
        String why = fault.join();
        if (ends.getAndSet(true)) {
            return 0; // its files failed while it ended
        }
        log().error("{}: mailchute ends with exit code {}, to be started again", why, CANNOT_GO_ON);
        stop(running);
        return CANNOT_GO_ON;
    }

    /** The log's last lines say why it ends, and how. */
    private static void stop(AutoCloseable running) {
        try {
            running.close();
            log().info("mailchute has stopped; what waits goes on at the next start");
        } catch (Exception e) {
            log().warn("mailchute has stopped, but not cleanly; what waits goes on at the next start", e);
        }
    }

    /** Not a static logger: it would start logging with every command, before demo has set the levels. */
    private static Logger log() {
        return LoggerFactory.getLogger(RunCommand.class);
    }
}
