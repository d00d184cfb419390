package org.mailchute.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.mailchute.cluster.Gateways;

/** {@code mailchute.cluster.standbys}: how many gateways stand by; told by the one that works. */
public final class ClusterMeters {
    private ClusterMeters() {}

    public static void show(MeterRegistry meters, Supplier<Gateways> cluster) {
        Gauge.builder(
                        "mailchute.cluster.standbys",
                        () -> cluster.get().standby().size())
                .description("gateways that stand by, to take over when this one ends")
                .register(meters);
    }
}
