package org.mailchute.boot;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mailchute lanes}: state, queue and budget of every lane of the running gateway. */
@Command(
        name = "lanes",
        mixinStandardHelpOptions = true,
        description =
                "Shows every lane of the running gateway: open, paused or held, and why; what waits; what it may still send.",
        footer = {
            "",
            "Exit codes: 0 shown, 1 no gateway is running, 2 faulty settings or usage",
            "",
            "Example:",
            "  mailchute lanes --config /etc/mailchute/mailchute.yaml"
        })
final class LanesCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        String json = new ManagementClient(config.settings().home()).get("/lanes");
        out.printf("%-16s %-12s %-40s %-8s %8s %10s%n", "LANE", "OPTION", "HOST", "STATE", "WAITING", "BUDGET");
        for (LaneReport lane : SpoolJson.read(json, LaneReport[].class)) {
            out.printf(
                    "%-16s %-12s %-40s %-8s %8d %10s%n",
                    lane.lane(),
                    lane.option(),
                    lane.host(),
                    lane.state(),
                    lane.waiting(),
                    lane.budgetLeft() < 0 ? "no limit" : lane.budgetLeft());
            if (!lane.cause().isEmpty()) {
                out.printf("    why: %s%n    do:  %s%n", lane.cause(), lane.remedy());
            }
        }
        return 0;
    }
}
