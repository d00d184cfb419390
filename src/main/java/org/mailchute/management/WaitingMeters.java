package org.mailchute.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.mailchute.steps.Intake;
import org.mailchute.watch.WaitingFiles;

/** {@code mailchute.files.waiting} by source: files of a watched or pickup folder, or on a polled server, that the log told of and that are still there. */
public final class WaitingMeters {
    private WaitingMeters() {}

    public static void bind(MeterRegistry meters, Intake intake) {
        intake.staying()
                .ifPresent(waiting -> Gauge.builder("mailchute.files.waiting", waiting, WaitingFiles::count)
                        .description(
                                "Files that stay in a watched folder or on a polled server: empty, never whole, or not to be taken or deleted")
                        .tag("source", intake.label())
                        .register(meters));
    }
}
