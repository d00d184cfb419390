package org.mailchute.command;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.mailchute.settings.Settings;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Command;

/** {@code mailchute console}: a way in for who may use the gateway's machine. */
@Command(
        name = "console",
        description =
                "Prints a link that opens the running gateway's console in a browser of this machine, once and within"
                        + " 2 minutes, as administrator.",
        footer = {
            "",
            "Exit codes: 0 done, 1 no gateway is running, or the console is off, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute console",
            "  xdg-open \"$(mailchute console)\""
        })
final class ConsoleCommand extends AnsweringCommand {
    @Override
    public Integer call() throws Exception {
        Settings settings = config.withoutSecrets();
        if (!settings.console().enabled()) {
            line().getErr().println("mailchute: the console is off; src/docs/settings.md says what it needs (console)");
            return 1;
        }
        ManagementClient gateway = new ManagementClient(settings.home());
        String path = SpoolJson.read(gateway.post("/console-link", Map.of("by", user())), String.class);
        String link = address(settings, gateway) + path;
        if (json) {
            print(new JsonAnswers.Linked(link));
        } else {
            out().println(link);
        }
        return 0;
    }

    /** Where a browser finds it: as the settings say, else where it is, by the name that a certificate is for. */
    private static String address(Settings settings, ManagementClient gateway) throws IOException {
        String here = gateway.address();
        String plain = settings.management().isOpen()
                ? "https://" + settings.name() + ":" + URI.create(here).getPort()
                : here;
        return settings.console()
                .entra()
                .map(entra -> entra.redirect().toString())
                .orElse(plain);
    }
}
