package org.mailchute.command;

import java.util.Map;
import org.mailchute.management.Reloaded;
import org.mailchute.settings.Change;
import org.mailchute.settings.FaultySettings;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Command;

/** {@code mailchute reload}: the running gateway reads its settings anew. */
@Command(
        name = "reload",
        description =
                "Lets the running gateway of the same home read its settings file anew, and shows what differed: intakes,"
                        + " rules, lanes and their limits and secrets are taken, and what wants a restart is said. Messages stay where they"
                        + " are; faulty settings change nothing. See first by: mailchute check --diff",
        footer = {
            "",
            "Exit codes: 0 done, 1 no gateway is running or something could not be opened, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute reload --config /etc/mailchute/mailchute.yaml"
        })
final class ReloadCommand extends AnsweringCommand {
    @Override
    public Integer call() throws Exception {
        Reloaded done = SpoolJson.read(gateway().post("/reload", Map.of()), Reloaded.class);
        if (json) {
            print(done);
        } else if (done.faults().isEmpty()) {
            tell(done);
        }
        if (!done.faults().isEmpty()) {
            throw new FaultySettings(done.faults());
        }
        return done.failures().isEmpty() ? 0 : 1;
    }

    private void tell(Reloaded done) {
        done.changes().stream().flatMap(Change::lines).forEach(out()::println);
        done.failures().forEach(line().getErr()::println);
        if (done.changes().isEmpty()) {
            out().println("nothing differs from what runs");
        }
    }
}
