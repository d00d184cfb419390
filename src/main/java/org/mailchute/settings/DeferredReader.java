package org.mailchute.settings;

import java.time.Duration;
import java.util.List;
import org.mailchute.limits.RetrySchedule;
import org.mailchute.settings.yaml.Kind;
import org.mailchute.settings.yaml.Section;

/** The section {@code deferred}: how often and how long we try. */
final class DeferredReader {
    private static final Kind<Duration> WAIT = Kinds.duration("1s", "7d");
    private static final int MOST = 100;

    private DeferredReader() {}

    static List<Duration> read(Section deferred) {
        List<Duration> waits = deferred.list("schedule", WAIT);
        if (waits.size() > MOST) {
            deferred.fault("schedule", waits.size() + " waits", "at most " + MOST + " waits");
        }
        return waits.isEmpty() ? RetrySchedule.standard() : List.copyOf(waits);
    }
}
