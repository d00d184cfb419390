package org.mailchute.command;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import org.mailchute.rehearsal.DemoStage;
import org.mailchute.rehearsal.DemoStory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mailchute demo}: the whole gateway against the simulator, in a temporary home. */
@Command(
        name = "demo",
        description =
                "Runs the real gateway, with broker, routes and SMTP sessions, against a simulated Microsoft 365, in a"
                        + " new temporary home; drops sample scans and mail requests and shows what becomes of each.",
        footer = {
            "",
            "Exit codes: 0 all came out as they should, 1 something did not",
            "",
            "Examples:",
            "  mailchute demo",
            "  mailchute demo --keep      goes on running, to drop your own files"
        })
final class DemoCommand extends PrintingCommand {
    @Option(names = "--keep", description = "Go on running afterwards and say where to drop files.")
    private boolean keep;

    @Option(names = "--one", description = "One scan only: enough for Java to keep the classes that a start needs.")
    private boolean one;

    @Override
    public Integer call() throws Exception {
        System.setProperty("mailchute.log", "WARN"); // the story is told in the demo's own words
        System.setProperty("mailchute.mail.log", "OFF");
        PrintWriter out = out();
        try (DemoStage stage = DemoStage.open(out)) {
            DemoStory story = new DemoStory(stage, out);
            boolean right = one ? story.playOne() : story.play();
            stage.farewell(keep);
            if (keep) {
                new CountDownLatch(1).await();
            }
            return right ? 0 : 1;
        }
    }
}
