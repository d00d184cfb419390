package org.mailchute.steps;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.spool.Incoming;

/**
 * One intake as the steps know it.
 *
 * @param kind {@code folder}, {@code ftp} or {@code jms}
 * @param rule what it makes of its input
 * @param incoming where its claims rest until they are enqueued
 * @param rejected where its refused input goes
 */
public record Intake(String kind, IntakeRule rule, Incoming incoming, RejectedPlace rejected) {
    /** The intake an exchange came by. */
    static Intake of(Exchange exchange, Map<String, Intake> intakes) {
        String name = exchange.getProperty("intake", String.class);
        return Objects.requireNonNull(intakes.get(name), () -> "no intake is named " + name);
    }

    /** The intake's name in the settings. */
    public String name() {
        return rule.intake();
    }

    /** Kind and name, as events show it. */
    public String label() {
        return kind + ":" + name();
    }
}
