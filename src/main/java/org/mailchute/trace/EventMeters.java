package org.mailchute.trace;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counters read from events: {@code mailchute_messages_received}, {@code mailchute_recipients{outcome,lane,option}},
 * {@code mailchute_bytes_received}.
 */
public final class EventMeters {
    private final MeterRegistry registry;

    public EventMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public void count(DeliveryEvent event) {
        switch (event.kind()) {
            case RECEIVED -> {
                registry.counter("mailchute.messages.received", "source", event.source())
                        .increment();
                registry.counter("mailchute.bytes.received", "source", event.source())
                        .increment(event.bytes());
            }
            case REFUSED ->
                registry.counter("mailchute.messages.refused", "source", event.source())
                        .increment();
            case ACCEPTED, DEFERRED, DEAD ->
                registry.counter(
                                "mailchute.recipients",
                                "outcome",
                                event.kind().name().toLowerCase(Locale.ROOT),
                                "lane",
                                event.lane(),
                                "option",
                                event.option())
                        .increment(event.recipients().size());
            default ->
                registry.counter(
                                "mailchute.events",
                                "kind",
                                event.kind().name().toLowerCase(Locale.ROOT),
                                "lane",
                                event.lane())
                        .increment();
        }
    }
}
