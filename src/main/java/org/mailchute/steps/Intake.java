package org.mailchute.steps;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.mailchute.intake.IntakeRule;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.polled.PolledServer;
import org.mailchute.spool.Incoming;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.WaitingFiles;

/**
 * One intake as the steps know it.
 *
 * @param kind {@code folder}, {@code ftp}, {@code jms}, {@code pickup} or {@code smtp}
 * @param name its name in the settings
 * @param rule what it makes of its input; empty where only ready-made messages come in
 * @param incoming where its claims rest until they are enqueued
 * @param rejected where its refused input goes
 * @param room how much of that may rest in home
 * @param watch what is particular to a watched folder; empty for all others
 * @param waiting its files that stay though nobody wants them to; empty where there is no folder of this machine
 * @param server what is particular to a polled server; empty for all others
 */
public record Intake(
        String kind,
        String name,
        Optional<IntakeRule> rule,
        Incoming incoming,
        RejectedPlace rejected,
        RejectedRoom room,
        Optional<FolderWatch> watch,
        Optional<WaitingFiles> waiting,
        Optional<PolledServer> server) {
    /** One that watches a folder. */
    public Intake(IntakeRule rule, Incoming incoming, RejectedPlace rejected, RejectedRoom room, FolderWatch watch) {
        this(
                "folder",
                rule.intake(),
                Optional.of(rule),
                incoming,
                rejected,
                room,
                Optional.of(watch),
                Optional.of(watch.waiting()),
                Optional.empty());
    }

    /** One that polls a server. */
    public Intake(IntakeRule rule, Incoming incoming, RejectedPlace rejected, RejectedRoom room, PolledServer server) {
        this(
                "ftp",
                rule.intake(),
                Optional.of(rule),
                incoming,
                rejected,
                room,
                Optional.empty(),
                Optional.empty(),
                Optional.of(server));
    }

    /** One that takes whole messages from a folder. */
    public Intake(String name, Incoming incoming, RejectedPlace rejected, RejectedRoom room, WaitingFiles waiting) {
        this(
                "pickup",
                name,
                Optional.empty(),
                incoming,
                rejected,
                room,
                Optional.empty(),
                Optional.of(waiting),
                Optional.empty());
    }

    /** One that watches no folder. */
    public Intake(
            String kind,
            String name,
            Optional<IntakeRule> rule,
            Incoming incoming,
            RejectedPlace rejected,
            RejectedRoom room) {
        this(kind, name, rule, incoming, rejected, room, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** One whose input needs a rule to become mail. */
    public Intake(String kind, IntakeRule rule, Incoming incoming, RejectedPlace rejected, RejectedRoom room) {
        this(kind, rule.intake(), Optional.of(rule), incoming, rejected, room);
    }

    /** Its files that stay though nobody wants them to, on this machine or at its server. */
    public Optional<WaitingFiles> staying() {
        return waiting.or(() -> server.map(PolledServer::waiting));
    }

    /** Whether several senders share it, each of whom keeps what it sends and can be answered. */
    public boolean isShared() {
        return kind.equals("jms");
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
