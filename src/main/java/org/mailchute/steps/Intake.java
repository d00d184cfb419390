package org.mailchute.steps;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.spool.Incoming;

/**
 * One intake as the steps know it.
 *
 * @param kind {@code folder}, {@code ftp}, {@code jms}, {@code pickup} or {@code smtp}
 * @param name its name in the settings
 * @param rule what it makes of its input; empty where only ready-made messages come in
 * @param incoming where its claims rest until they are enqueued
 * @param rejected where its refused input goes
 * @param watch what is particular to a watched folder; empty for all others
 * @param waiting its files that stay though nobody wants them to; empty where there is no folder of this machine
 */
public record Intake(
        String kind,
        String name,
        Optional<IntakeRule> rule,
        Incoming incoming,
        RejectedPlace rejected,
        Optional<FolderWatch> watch,
        Optional<WaitingFiles> waiting) {
    /** One that watches a folder. */
    public Intake(IntakeRule rule, Incoming incoming, RejectedPlace rejected, FolderWatch watch) {
        this(
                "folder",
                rule.intake(),
                Optional.of(rule),
                incoming,
                rejected,
                Optional.of(watch),
                Optional.of(watch.waiting()));
    }

    /** One that watches no folder. */
    public Intake(String kind, String name, Optional<IntakeRule> rule, Incoming incoming, RejectedPlace rejected) {
        this(kind, name, rule, incoming, rejected, Optional.empty(), Optional.empty());
    }

    /** One whose input needs a rule to become mail. */
    public Intake(String kind, IntakeRule rule, Incoming incoming, RejectedPlace rejected) {
        this(kind, rule.intake(), Optional.of(rule), incoming, rejected);
    }

    /** Where input goes that is refused for this reason. */
    RejectedPlace placeFor(Refused why) {
        return watch.filter(folder -> why.undecided())
                .flatMap(FolderWatch::undecided)
                .orElse(rejected);
    }

    /** The intake an exchange came by. */
    static Intake of(Exchange exchange, Map<String, Intake> intakes) {
        String name = exchange.getProperty("intake", String.class);
        return Objects.requireNonNull(intakes.get(name), () -> "no intake is named " + name);
    }

    /** Kind and name, as events show it. */
    public String label() {
        return kind + ":" + name;
    }
}
