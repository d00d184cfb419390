package org.mailchute.management;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.settings.IntakePlan;
import org.mailchute.steps.Intake;
import org.mailchute.watch.WaitingFiles.StandingFile;

/**
 * What waits before the lanes at one intake.
 *
 * @param intake kind and name
 * @param waiting files of a watched folder that no longer change but are not whole, or cannot be taken; files that stay on a polled
 *     server; of a JMS intake the
 *     requests in its queue
 * @param since when the first of the files was last seen to change; empty when none waits, and for requests
 * @param files the first twenty of the files, and why each waits
 */
public record IntakeReport(String intake, long waiting, Optional<Instant> since, List<File> files) {
    /** @param why a sentence whose subject is the file */
    public record File(String name, Instant since, String why) {
        static File of(StandingFile file) {
            return new File(file.file(), file.since().truncatedTo(ChronoUnit.SECONDS), file.why());
        }
    }

    public IntakeReport {
        files = List.copyOf(files);
    }

    /** Of the intakes that can tell: watched folders, polled servers, and queues of the embedded broker. */
    public static List<IntakeReport> of(Managed gateway) {
        return Stream.concat(
                        gateway.intakes().values().stream().flatMap(IntakeReport::ofFiles),
                        gateway.settings().get().intakes().stream().flatMap(plan -> ofQueues(plan, gateway)))
                .filter(report -> report.waiting >= 0)
                .toList();
    }

    private static Stream<IntakeReport> ofQueues(IntakePlan plan, Managed gateway) {
        return plan.queues()
                .map(queue -> new IntakeReport(plan.label(), gateway.waiting(queue), Optional.empty(), List.of()));
    }

    private static Stream<IntakeReport> ofFiles(Intake intake) {
        return intake.standing().stream()
                .map(standing -> new IntakeReport(
                        intake.label(),
                        standing.count(),
                        standing.since().map(since -> since.truncatedTo(ChronoUnit.SECONDS)),
                        standing.first().stream().map(File::of).toList()));
    }
}
