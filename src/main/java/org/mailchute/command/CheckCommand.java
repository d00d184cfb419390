package org.mailchute.command;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.mailchute.gateway.Doubts;
import org.mailchute.gateway.routes.RouteFiles;
import org.mailchute.intakes.Intakes;
import org.mailchute.settings.Change;
import org.mailchute.settings.Durations;
import org.mailchute.settings.FaultySettings;
import org.mailchute.settings.Settings;
import org.mailchute.settings.SettingsReader;
import org.mailchute.settings.yaml.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mailchute check}: tells every fault of the settings at once, without starting anything. */
@Command(
        name = "check",
        description = "Checks the settings without starting anything. Tells all faults at once,"
                + " each as FILE:LINE: KEY: found VALUE, expected WHAT.",
        footer = {
            "",
            "Exit codes: 0 the settings are fine (there may be warnings), 1 with --diff: no gateway is running, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute check",
            "  mailchute check --config /etc/mailchute/mailchute.yaml",
            "  mailchute check --diff"
        })
final class CheckCommand extends AnsweringCommand {
    @Option(
            names = "--diff",
            description =
                    "Shows what differs from what the running gateway of the same home runs by, place by place, and nothing else."
                            + " Secrets are not looked at.")
    private boolean diff;

    @Override
    public Integer call() throws FaultySettings, IOException, ManagementClient.Unanswered {
        if (diff) {
            return differs();
        }
        if (json) {
            return asJson();
        }
        SettingsReader.Checked checked = checked();
        warnings(checked).forEach(warning -> out().println("warning: " + warning));
        out().println(config.file() + ": settings are fine: " + summary(checked.settings()));
        return 0;
    }

    private int differs() throws FaultySettings, ManagementClient.Unanswered {
        Settings settings = config.withoutSecrets();
        List<Change> changes = Change.between(new ManagementClient(settings.home()).settings(), settings.written());
        if (json) {
            print(new JsonAnswers.Differing(config.file().toString(), changes));
        } else if (changes.isEmpty()) {
            out().println(config.file() + ": the gateway runs by it");
        } else {
            changes.stream().flatMap(Change::lines).forEach(out()::println);
        }
        return 0;
    }

    private SettingsReader.Checked checked() throws FaultySettings, IOException {
        SettingsReader.Checked checked = config.checked();
        RouteFiles.of(checked.settings());
        return checked;
    }

    private int asJson() throws IOException {
        String file = config.file().toString();
        try {
            print(new JsonAnswers.Checked(file, List.of(), warnings(checked()).toList()));
            return 0;
        } catch (FaultySettings e) {
            print(new JsonAnswers.Checked(file, e.faults(), List.of()));
            return 2;
        }
    }

    /** What in settings without a fault may not be meant, or will not work. */
    static Stream<String> warnings(SettingsReader.Checked checked) {
        return Stream.concat(checked.warnings().stream().map(Fault::toString), Doubts.of(checked.settings()));
    }

    private static String summary(Settings settings) {
        return String.join(
                ", ",
                count(Intakes.names(settings).size(), "intake"),
                count(settings.lanes().size(), "lane"),
                count(settings.routing().size(), "next-hop rule"),
                count(settings.retry().size() + 1, "attempt") + " over "
                        + Durations.text(
                                settings.retry().stream().reduce(java.time.Duration.ZERO, java.time.Duration::plus)));
    }
}
