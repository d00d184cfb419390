package org.mailchute.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailchute.cluster.Gateways;
import org.mailchute.management.IntakeReport;
import org.mailchute.management.LaneReport;
import org.mailchute.management.LocalTime;
import org.mailchute.settings.GatewayPlace;
import org.mailchute.spool.SpoolJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mailchute lanes}: state, queue and budget of every lane of the running gateway; stops and opens one by hand. */
@Command(
        name = "lanes",
        description = "Shows every lane of the running gateway: open, paused or held, and why; what waits; what it may"
                + " still send today; when a message that comes now would leave. Then what waits at the intakes: files of"
                + " watched folders that are not whole or cannot be taken, and why, requests in queues.",
        subcommands = {LanesCommand.Hold.class, LanesCommand.Release.class},
        footer = {
            "",
            "Exit codes: 0 done, 1 no gateway is running or no such lane, 2 faulty settings or usage",
            "",
            "Examples:",
            "  mailchute lanes --config /etc/mailchute/mailchute.yaml",
            "  mailchute lanes hold mailbox",
            "  mailchute lanes release mailbox"
        })
final class LanesCommand extends AnsweringCommand {
    private static final String INTAKE_ROW = "%-30s %8s  %s%n";
    private static final String ROW = "%-16s %-12s %-40s %-8s %8s %10s  %s%n";

    @Override
    public Integer call() throws Exception {
        GatewayPlace place = config.place();
        ManagementClient gateway = new ManagementClient(place.home());
        boolean differs = gateway.differs(place.hash());
        List<LaneReport> lanes = List.of(SpoolJson.read(gateway.get("/lanes"), LaneReport[].class));
        List<IntakeReport> intakes = List.of(SpoolJson.read(gateway.get("/intakes"), IntakeReport[].class));
        Gateways cluster = SpoolJson.read(gateway.get("/cluster"), Gateways.class);
        if (json) {
            print(new JsonAnswers.Lanes(lanes, intakes, Optional.ofNullable(cluster), differs));
        } else {
            lanes(lanes, out());
            intakes(intakes.stream().filter(intake -> intake.waiting() > 0).toList(), out());
            cluster(cluster, out());
            tellOf(differs);
        }
        return 0;
    }

    private static void lanes(List<LaneReport> lanes, PrintWriter out) {
        out.printf(ROW, "LANE", "OPTION", "HOST", "STATE", "WAITING", "BUDGET", "LEAVES AT ABOUT");
        for (LaneReport lane : lanes) {
            out.printf(
                    ROW,
                    lane.lane(),
                    lane.option(),
                    lane.host(),
                    lane.state(),
                    lane.waiting() < 0 ? "unknown" : lane.waiting(),
                    lane.budgetLeft() < 0 ? "no limit" : lane.budgetLeft(),
                    lane.leavesAt().map(LocalTime::of).orElse("unknown"));
            if (!lane.slowed().isEmpty()) {
                out.printf("    slowed: %s, until it has been calm for a while%n", lane.slowed());
            }
            if (!lane.cause().isEmpty()) {
                out.printf("    why: %s%n    do:  %s%n", lane.cause(), lane.remedy());
            }
        }
    }

    /** @param waiting those where something waits */
    private static void intakes(List<IntakeReport> waiting, PrintWriter out) {
        out.println();
        if (waiting.isEmpty()) {
            out.println("Nothing waits at the intakes.");
            return;
        }
        out.printf(INTAKE_ROW, "INTAKE", "WAITING", "FIRST SINCE");
        for (IntakeReport intake : waiting) {
            out.printf(
                    INTAKE_ROW,
                    intake.intake(),
                    intake.waiting(),
                    intake.since().map(LocalTime::of).orElse("unknown"));
            intake.files().forEach(file -> out.printf("    %s %s%n", file.name(), file.why()));
        }
    }

    private static void cluster(@Nullable Gateways cluster, PrintWriter out) {
        if (cluster != null) {
            out.printf("%n%s works.%n", cluster.works());
            out.println(
                    cluster.standby().isEmpty()
                            ? "No gateway stands by."
                            : "Standing by: " + String.join(", ", cluster.standby()) + ".");
        }
    }

    /** What the two have in common. */
    abstract static class OnLane extends AnsweringCommand {
        @Parameters(paramLabel = "NAME", description = "The lane.")
        private String lane = "";

        int post(String path) throws Exception {
            String answer = gateway().post(path, Map.of("lane", lane, "by", user()));
            String state = SpoolJson.read(answer, String.class);
            if (json) {
                print(new JsonAnswers.Turned(lane, state));
            } else {
                out().printf("%s: %s%n", lane, state);
            }
            return 0;
        }
    }

    @Command(
            name = "hold",
            description =
                    "Stops a lane until it is released: its messages wait, nothing tries, no other lane takes over.")
    static final class Hold extends OnLane {
        @Override
        public Integer call() throws Exception {
            return post("/lanes/hold");
        }
    }

    @Command(
            name = "release",
            description = "Opens a lane, whoever or whatever stopped it; what waits for it leaves now.")
    static final class Release extends OnLane {
        @Override
        public Integer call() throws Exception {
            return post("/lanes/release");
        }
    }
}
