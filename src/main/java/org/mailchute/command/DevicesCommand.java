package org.mailchute.command;

import java.util.ArrayList;
import java.util.List;
import org.mailchute.listener.UnknownDevices;
import org.mailchute.management.LocalTime;
import org.mailchute.settings.IntakePlan;
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
final class DevicesCommand extends AnsweringCommand {
    private static final String ROW = "%-12s %-24s %6s %-20s  %-20s %-30s %s%n";

    @Override
    public Integer call() throws Exception {
        Settings settings = config.withoutSecrets();
        List<JsonAnswers.Device> devices = new ArrayList<>();
        for (IntakePlan.Smtp intake : settings.smtp()) {
            UnknownDevices.read(settings.home(), intake.name()).stream()
                    .map(device -> JsonAnswers.Device.of(intake.name(), device))
                    .forEach(devices::add);
        }
        if (json) {
            print(devices);
        } else {
            tell(devices);
        }
        return 0;
    }

    private void tell(List<JsonAnswers.Device> devices) {
        out().printf(ROW, "INTAKE", "ADDRESS", "COUNT", "LAST SEEN", "CALLS ITSELF", "SENDER", "RECIPIENTS");
        for (JsonAnswers.Device device : devices) {
            out().printf(
                            ROW,
                            device.intake(),
                            device.address(),
                            device.count(),
                            LocalTime.of(device.lastSeen()),
                            device.name(),
                            device.sender(),
                            String.join(" ", device.recipients()));
        }
    }
}
