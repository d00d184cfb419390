package org.mailchute.boot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailchute.steps.Intake;
import org.mailchute.steps.WaitingFiles;

/**
 * What waits before the lanes at one intake.
 *
 * @param intake kind and name
 * @param waiting files of a watched folder that no longer change but are not whole, or cannot be taken; of a JMS intake the
 *     requests in its queue
 * @param since when the first of the files was last seen to change; empty when none waits, and for requests
 */
record IntakeReport(String intake, long waiting, Optional<Instant> since) {
    /** Of the intakes that can tell: watched folders, and queues of the embedded broker. */
    static List<IntakeReport> of(Settings settings, Wiring wiring) {
        return Stream.concat(
                        wiring.intakes().values().stream().flatMap(IntakeReport::ofFolder),
                        settings.jms().stream()
                                .map(jms -> new IntakeReport(
                                        "jms:" + jms.name(), wiring.waiting(jms.queue()), Optional.empty())))
                .filter(report -> report.waiting >= 0)
                .toList();
    }

    private static Stream<IntakeReport> ofFolder(Intake intake) {
        return intake.watch().stream().map(watch -> {
            WaitingFiles.Standing standing = watch.waiting().standing();
            return new IntakeReport(
                    intake.label(),
                    standing.count(),
                    standing.since().map(since -> since.truncatedTo(ChronoUnit.SECONDS)));
        });
    }
}
