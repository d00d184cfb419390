package org.mailchute.steps;

import org.apache.camel.Exchange;
import org.mailchute.lane.Attempt;

/** The attempt that an exchange carries through its lane. */
final class Attempts {
    private static final String PROPERTY = "attempt";

    private Attempts() {}

    static Attempt of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Attempt.class);
    }

    static void attach(Exchange exchange, Attempt attempt) {
        exchange.setProperty(PROPERTY, attempt);
    }
}
