package org.mailchute.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code mailchute.smtp.refusals} by source and reason: how often devices were told no, each reason from 0 on. */
final class Refusals {
    private final Map<Refusal, Counter> counters = new EnumMap<>(Refusal.class);

    Refusals(String listener, MeterRegistry meters) {
        for (Refusal why : Refusal.values()) {
            counters.put(
                    why,
                    Counter.builder("mailchute.smtp.refusals")
                            .description("Times a device was told no by SMTP before its message was taken")
                            .tag("source", "smtp:" + listener)
                            .tag("reason", why.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Refusal why) {
        Objects.requireNonNull(counters.get(why)).increment();
    }
}
