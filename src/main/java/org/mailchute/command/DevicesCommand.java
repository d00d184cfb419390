package org.mailchute.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.mailchute.listener.UnknownDevice;
import org.mailchute.listener.UnknownDevices;
import org.mailchute.settings.Settings;
import picocli.CommandLine.Command;

/** {@code mailchute devices}: what the SMTP listeners in learning mode have refused. Reads files, so no gateway need run. */
@Command(
        name = "devices",
        description =
                "Lists the devices that SMTP listeners with learning: true have refused, so that they can be entered"
                        + " in networks or logins. To forget them, delete HOME/unknown-devices/INTAKE.tsv and start again.",
        footer = {
            "",
            "Exit codes: 0 done, 2 faulty settings or usage",
            "",
            "Example:",
            "  mailchute devices --config /etc/mailchute/mailchute.yaml"
        })
final class DevicesCommand extends SettingsCommand {
    private static final String ROW = "%-12s %-24s %6s %-20s  %-20s %-30s %s%n";

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        Settings settings = config.withoutSecrets();
        out.printf(ROW, "INTAKE", "ADDRESS", "COUNT", "LAST SEEN", "CALLS ITSELF", "SENDER", "RECIPIENTS");
        for (Settings.SmtpIntake intake : settings.smtp()) {
            print(out, intake.name(), settings.home());
        }
        return 0;
    }

    private static void print(PrintWriter out, String intake, Path home) throws Exception {
        List<UnknownDevice> devices = UnknownDevices.read(home, intake);
        for (UnknownDevice device : devices) {
            out.printf(
                    ROW,
                    intake,
                    device.address(),
                    device.count(),
                    time(device.lastSeen()),
                    device.name(),
                    device.sender(),
                    String.join(" ", device.recipients()));
        }
    }
}
