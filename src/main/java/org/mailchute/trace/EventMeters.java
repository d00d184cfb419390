package org.mailchute.trace;

import static org.mailchute.trace.DeliveryEvent.Kind.ACCEPTED;
import static org.mailchute.trace.DeliveryEvent.Kind.DEAD;
import static org.mailchute.trace.DeliveryEvent.Kind.DEFERRED;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counters and timers read from events: {@code mailchute.messages.received}, {@code mailchute.bytes.received} and
 * {@code mailchute.messages.refused} by source; {@code mailchute.recipients}, {@code mailchute.delivery} (from the queue to
 * this outcome) and {@code mailchute.attempt} (the SMTP transaction alone) by lane, option and outcome;
 * {@code mailchute.replies.unknown} by lane, option and reply code;
 * {@code mailchute.events} for the rest, by kind and lane.
 */
public record EventMeters(MeterRegistry registry) {
    private static final Map<String, String> MEANINGS = Map.of(
            "mailchute.messages.received", "Messages spooled and enqueued",
            "mailchute.bytes.received", "Their octets",
            "mailchute.messages.refused",
                    "Input that cannot become mail and rests where its source keeps rejected input",
            "mailchute.recipients", "Recipients by outcome of an attempt",
            "mailchute.replies.unknown", "Replies that no line of the reply table explains, by reply code",
            "mailchute.events", "All other delivery events by kind");

    public void count(DeliveryEvent event) {
        switch (event.kind()) {
            case RECEIVED -> {
                add("mailchute.messages.received", Tags.of("source", event.source()), 1);
                add("mailchute.bytes.received", Tags.of("source", event.source()), event.bytes());
            }
            case REFUSED -> add("mailchute.messages.refused", Tags.of("source", event.source()), 1);
            case ACCEPTED, DEFERRED, DEAD -> outcome(event);
            case REPLY_UNKNOWN -> add("mailchute.replies.unknown", unknown(event), 1);
            default -> add("mailchute.events", Tags.of("kind", kind(event), "lane", event.lane()), 1);
        }
    }

    /** Begins the counters of a source at 0, so that its first event shows as an increase. */
    public void expectFrom(String source) {
        for (String name : List.of("messages.received", "bytes.received", "messages.refused")) {
            add("mailchute." + name, Tags.of("source", source), 0);
        }
    }

    /** The same for a lane. */
    public void expectBy(String lane, String option) {
        for (DeliveryEvent.Kind outcome : List.of(ACCEPTED, DEFERRED, DEAD)) {
            add("mailchute.recipients", outcome(outcome, lane, option), 0);
        }
    }

    private static Tags outcome(DeliveryEvent.Kind outcome, String lane, String option) {
        return Tags.of("outcome", outcome.name().toLowerCase(Locale.ROOT), "lane", lane, "option", option);
    }

    private static Tags unknown(DeliveryEvent event) {
        String code = event.reply().replaceFirst("(?s)\\D.*", "");
        return Tags.of("lane", event.lane(), "option", event.option(), "code", code);
    }

    private void outcome(DeliveryEvent event) {
        Tags tags = outcome(event.kind(), event.lane(), event.option());
        add("mailchute.recipients", tags, event.recipients().size());
        event.timing().ifPresent(timing -> {
            delivery(tags).record(Duration.between(timing.queued(), event.time()));
            attempt(tags).record(timing.took());
        });
    }

    /** Buckets for a person at the scanner, for a throttled queue, and for a retry. */
    private Timer delivery(Tags tags) {
        return Timer.builder("mailchute.delivery")
                .description("From the durable queue to this outcome")
                .tags(tags)
                .serviceLevelObjectives(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(12))
                .register(registry);
    }

    private Timer attempt(Tags tags) {
        return Timer.builder("mailchute.attempt")
                .description("One SMTP transaction, opening of a session included")
                .tags(tags)
                .serviceLevelObjectives(
                        Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1))
                .register(registry);
    }

    private void add(String name, Tags tags, double amount) {
        Counter.builder(name)
                .description(MEANINGS.get(name))
                .tags(tags)
                .register(registry)
                .increment(amount);
    }

    private static String kind(DeliveryEvent event) {
        return event.kind().name().toLowerCase(Locale.ROOT);
    }
}
