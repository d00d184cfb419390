package org.mailchute.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import org.mailchute.steps.Intake;
import org.mailchute.steps.WaitingFiles;

/** {@code mailchute.files.waiting} by source: files of a watched or pickup folder that the log told of and that are still there. */
final class WaitingMeters {
    private WaitingMeters() {}

    static void bind(MeterRegistry meters, Collection<Intake> intakes) {
        for (Intake intake : intakes) {
            intake.waiting()
                    .ifPresent(waiting -> Gauge.builder("mailchute.files.waiting", waiting, WaitingFiles::count)
                            .description("Files that stay in a watched folder: empty, never whole, or not to be taken")
                            .tag("source", intake.label())
                            .register(meters));
        }
    }
}
