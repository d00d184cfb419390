package org.mailchute.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mailchute.settings.Settings;

/**
 * Which build runs, and by which settings.
 *
 * @param build version of the jar
 * @param settings the hash of what their file says, but for secrets
 */
public record Running(String build, String settings) {
    public static Running of(Settings settings) {
        return new Running(version(), settings.written().hash());
    }

    /** From the manifest of the jar. */
    public static String version() {
        return Objects.requireNonNullElse(Running.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    /** For a health check. */
    public Map<String, String> data() {
        return Map.of("version", build, "settings", settings);
    }

    /** {@code mailchute.running}: 1, of the one that does. */
    public static MultiGauge meter(MeterRegistry meters) {
        return MultiGauge.builder("mailchute.running")
                .description("1 for the build and the settings that run, by their hash")
                .register(meters);
    }

    public void show(MultiGauge meter) {
        meter.register(List.of(MultiGauge.Row.of(Tags.of("version", build, "settings", settings), 1)), true);
    }
}
