package org.mailchute.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.mailchute.intake.Refused;
import org.mailchute.intake.RejectedPlace;
import org.mailchute.intake.RejectedRoom;
import org.mailchute.intake.Shown;
import org.mailchute.lane.DeliveryEvents;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Companion;
import org.mailchute.spool.Spool;
import org.mailchute.spool.Ticket;
import org.mailchute.trace.DeliveryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code refuse}: input that cannot become mail goes to its intake's rejected place with a reason file beside it, while there is room;
 * the event that says so is also the answer to an application that asked for one.
 */
public final class Refuse {
    static final String REFUSED = "refused";

    private static final Logger LOG = LoggerFactory.getLogger(Refuse.class);

    private static final Duration TOLD_AGAIN = Duration.ofDays(1);

    private final Map<String, ? extends Intake> intakes;
    /** When it was told last that an intake keeps no more. */
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    private final Path spare;
    private final Spool spool;
    private final Clock clock;

    /** @param spare folder of ours for input whose own place cannot be written */
    public Refuse(Map<String, ? extends Intake> intakes, Path spare, Spool spool, Clock clock) {
        this.intakes = intakes;
        this.spare = spare;
        this.spool = spool;
        this.clock = clock;
    }

    @Handler
    public void refuse(Exchange exchange) throws IOException {
        Intake intake = Intake.of(exchange, intakes);
        Claimed claimed = Claim.of(exchange);
        Refused refused = Objects.requireNonNull(caught(exchange));
        reject(intake, claimed, refused);
        spool.discard(claimed.queueId());
        exchange.setProperty(REFUSED, true);
        DeliveryEvent.Draft event = DeliveryEvent.of(DeliveryEvent.Kind.REFUSED, clock.instant())
                .because("", refused.reason(), refused.remedy())
                .message(claimed.queueId().value(), "", intake.label(), 0);
        Ticket ticket = exchange.getProperty(MakeTicket.TICKET, Ticket.class);
        if (ticket != null) {
            DeliveryEvents.about(event, ticket, ticket.recipients());
        }
        Events.write(exchange, event.event(), ticket);
    }

    private void reject(Intake intake, Claimed claimed, Refused refused) throws IOException {
        Optional<String> lack = intake.isShared() ? intake.room().lacks() : Optional.empty();
        if (lack.isPresent()) {
            forget(intake, claimed, lack.get());
            return;
        }
        long weight = RejectedRoom.weight(claimed);
        intake.room().rests(place(intake, claimed, refused), claimed, weight);
    }

    /** Its sender has it, and is answered; to stop here would stop the others who send to this queue. */
    private void forget(Intake intake, Claimed claimed, String why) throws IOException {
        for (Companion file : claimed.files()) {
            Files.deleteIfExists(file.file());
        }
        Instant now = clock.instant();
        Instant before = told.get(intake.name());
        if (before == null || !now.isBefore(before.plus(TOLD_AGAIN))) {
            told.put(intake.name(), now);
            LOG.warn("intake {} keeps no more of what it refuses, here is only told why: {}", intake.name(), why);
        }
    }

    private Path place(Intake intake, Claimed claimed, Refused refused) throws IOException {
        try {
            return intake.placeFor(refused).reject(claimed, refused, clock.instant());
        } catch (IOException e) {
            Path place = new RejectedPlace(spare.resolve(intake.name())).reject(claimed, refused, clock.instant());
            LOG.error(
                    "id={} source={} file=\"{}\" is refused, but its place cannot be written ({}), so it rests at {}",
                    claimed.queueId(),
                    intake.label(),
                    Shown.line(claimed.name()),
                    e,
                    place);
            return place;
        }
    }

    private static @org.jspecify.annotations.Nullable Refused caught(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        while (fault != null && !(fault instanceof Refused)) {
            fault = fault.getCause();
        }
        return (Refused) fault;
    }
}
