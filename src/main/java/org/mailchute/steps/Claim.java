package org.mailchute.steps;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.support.SynchronizationAdapter;
import org.mailchute.intake.Shown;
import org.mailchute.limits.Lead;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Ticket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code claim}: takes a file away from its source into the spool. The claim is released when the exchange ended well; else
 * it stays and {@link org.mailchute.spool.Recovery} takes it up again under the same queue id.
 */
public record Claim(Map<String, FileIntake> intakes, Clock clock, Lead lead) {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
    private static final String CLAIMED = "claimed";

    /** Body: the file; afterwards its {@link Claimed}. */
    @Handler
    public void claim(Exchange exchange) throws IOException {
        lead.mustHold();
        FileIntake intake = Intake.of(exchange, intakes);
        GenericFile<?> file = exchange.getMessage().getBody(GenericFile.class);
        // of a listed file, itself: Camel's conversion makes a slash of a backslash in its name
        File local = file.getFile() instanceof File listed
                ? listed
                : exchange.getMessage().getBody(File.class);
        Optional<Claimed> claimed = intake.claim(exchange, file, local, QueueId.next(clock));
        if (claimed.isPresent()) {
            takeUp(exchange, intake, claimed.get());
        } else {
            exchange.setRouteStop(true);
        }
    }

    /** Sends on what was claimed before. */
    public static void again(ProducerTemplate routes, Intake intake, Claimed claimed) {
        routes.send("direct:accept", exchange -> takeUp(exchange, intake, claimed));
    }

    /** Makes the exchange carry this claim, all files of it. */
    private static void takeUp(Exchange exchange, Intake intake, Claimed claimed) throws IOException {
        attach(exchange, intake, claimed);
        intake.incoming().gather(claimed);
    }

    /** Makes the exchange carry this claim. */
    static void attach(Exchange exchange, Intake intake, Claimed claimed) {
        exchange.setProperty("intake", intake.name());
        exchange.setProperty(CLAIMED, claimed);
        exchange.getMessage().setBody(claimed);
        exchange.getMessage().removeHeaders("*");
        exchange.getExchangeExtension().addOnCompletion(new Release(intake, claimed));
    }

    static Claimed of(Exchange exchange) {
        return exchange.getProperty(CLAIMED, Claimed.class);
    }

    private static final class Release extends SynchronizationAdapter {
        private final Intake intake;
        private final Claimed claimed;

        Release(Intake intake, Claimed claimed) {
            this.intake = intake;
            this.claimed = claimed;
        }

        @Override
        public void onComplete(Exchange exchange) {
            try {
                intake.ended(claimed, enqueued(exchange));
                intake.incoming().release(claimed);
            } catch (IOException e) {
                LOG.warn("id={} is enqueued, but its claim {} cannot be deleted", claimed.queueId(), claimed.file(), e);
            }
        }

        private static Optional<Ticket> enqueued(Exchange exchange) {
            boolean refused = exchange.getProperty(Refuse.REFUSED, false, Boolean.class);
            return refused
                    ? Optional.empty()
                    : Optional.ofNullable(exchange.getProperty(MakeTicket.TICKET, Ticket.class));
        }

        @Override
        public void onFailure(Exchange exchange) {
            Exception cause = exchange.getException();
            if (!intake.incoming().leave(claimed, String.valueOf(cause))) {
                return; // said before
            }
            boolean plain = cause instanceof FileSystemException;
            LOG.warn(
                    "id={} source={} file=\"{}\" could not be enqueued, rests at {} and is tried again every half minute{}",
                    claimed.queueId(),
                    intake.label(),
                    Shown.line(claimed.name()),
                    claimed.file(),
                    plain ? ": " + cause : "",
                    plain ? null : cause);
        }
    }
}
