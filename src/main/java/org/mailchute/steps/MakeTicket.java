package org.mailchute.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.formats.Completeness;
import org.mailchute.intake.PickupTicket;
import org.mailchute.intake.Refused;
import org.mailchute.intake.ScanTicket;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.watch.FolderWatch;
import org.mailchute.watch.Growing;

/** {@code ticket}: fixes, once, everything that every attempt will say. A request from a queue has its ticket already. */
public final class MakeTicket {
    static final String DUPLICATE_ID = "duplicateId";
    /** The ticket did not exist before this exchange. */
    static final String FRESH = "fresh";

    static final String TICKET = "ticket";

    private final Map<String, Intake> intakes;
    private final Map<String, PickupTicket> pickups;
    private final Spool spool;
    private final String gateway;
    private final Clock clock;

    /** @param pickups by the name of their intake */
    public MakeTicket(
            Map<String, Intake> intakes, Map<String, PickupTicket> pickups, Spool spool, String gateway, Clock clock) {
        this.intakes = intakes;
        this.pickups = pickups;
        this.spool = spool;
        this.gateway = gateway;
        this.clock = clock;
    }

    /**
     * @throws Refused when the claimed input is not a plain file
     * @throws IOException when it cannot be read, or somebody writes to it still
     */
    @Handler
    public void ticket(Exchange exchange) throws IOException, Refused {
        Ticket ticket = exchange.getMessage().getBody() instanceof Claimed claimed
                ? of(exchange, claimed)
                : exchange.getMessage().getBody(Ticket.class);
        exchange.setProperty(TICKET, ticket);
        exchange.setProperty(DUPLICATE_ID, SourceIdentity.duplicateId(exchange, ticket));
        exchange.getMessage().setBody(ticket);
    }

    private Ticket of(Exchange exchange, Claimed claimed) throws IOException, Refused {
        for (Companion file : claimed.files()) {
            mustBePlain(file);
        }
        if (spool.has(claimed.queueId())) {
            return spool.read(claimed.queueId());
        }
        Intake intake = Intake.of(exchange, intakes);
        exchange.setProperty(FRESH, true);
        PickupTicket pickup = pickups.get(intake.name());
        if (pickup != null) {
            return pickup.make(
                    claimed, intake.kind(), clock.instant(), number -> spool.create(claimed.queueId(), number));
        }
        if (intake.watch().isPresent()) {
            for (Companion page : claimed.pages()) {
                mustBeWhole(page);
            }
        }
        Ticket ticket = ScanTicket.make(intake.rule().orElseThrow(), intake.kind(), claimed, gateway, clock.instant());
        if (intake.watch().flatMap(FolderWatch::sent).isPresent()) {
            intake.watch().flatMap(FolderWatch::sent).get().mustBeNew(claimed, ticket, clock.instant());
        }
        spool.adopt(claimed);
        return ticket;
    }

    private static void mustBePlain(Companion file) throws Refused {
        if (!Files.exists(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(
                    "\"" + file.name() + "\", part of this scan, went away or changed while it was being taken",
                    "scan again; or put all its files back together");
        }
        if (!Files.isRegularFile(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(
                    "\"" + file.name() + "\" is not a plain file but a link or the like",
                    "put the file itself there; Mailchute follows no links");
        }
    }

    /** Looked at once more, now that nobody else can open it by its name. */
    private static void mustBeWhole(Companion page) throws Refused, StillWritten {
        Optional<String> more = Growing.of(page.file()).more();
        if (more.isPresent()) {
            throw new StillWritten(page.name(), more.get());
        }
        Optional<String> lack = Completeness.lacks(page.file());
        if (lack.isPresent()) {
            throw Refused.undecided(
                    "\"" + page.name() + "\" never became whole: " + lack.get(),
                    "scan again; should it be good all the same, send it by hand");
        }
    }
}
