package org.mailchute.steps;

import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.support.SynchronizationAdapter;
import org.mailchute.intake.Shown;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.QueueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code claim}: takes a file away from its source into the spool. The claim is released when the exchange ended well; else
 * it stays and {@link Recovery} takes it up again under the same queue id.
 */
public final class Claim {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
    private static final String CLAIMED = "claimed";

    private final Map<String, Intake> intakes;
    private final Clock clock;

    public Claim(Map<String, Intake> intakes, Clock clock) {
        this.intakes = intakes;
        this.clock = clock;
    }

    /** Body: the file; afterwards its {@link Claimed}. */
    @Handler
    public void claim(Exchange exchange) throws IOException {
        Intake intake = intake(exchange);
        GenericFile<?> file = exchange.getMessage().getBody(GenericFile.class);
        File local = exchange.getMessage().getBody(File.class);
        if (intake.kind().equals("ftp")) {
            checkWhole(intake, file, local);
        }
        Claimed claimed = intake.incoming().claim(local.toPath(), QueueId.next(clock));
        if (intake.kind().equals("ftp")) {
            SourceIdentity.of(file).attachTo(exchange);
        }
        attach(exchange, intake, claimed);
    }

    /** FTP ends a file by ending the connection (RFC 959 section 3.4.1): a broken one looks like the end. */
    private static void checkWhole(Intake intake, GenericFile<?> file, File local) throws NotWhole {
        if (local.length() != file.getFileLength()) {
            NotWhole why = new NotWhole("\"" + Shown.line(file.getFileNameOnly()) + "\" has " + local.length()
                    + " bytes here and " + file.getFileLength()
                    + " on the server: it broke off or changed meanwhile, and is fetched again");
            LOG.warn("source={}: {}", intake.label(), why.getMessage());
            throw why;
        }
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

    private Intake intake(Exchange exchange) {
        return Intake.of(exchange, intakes);
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
                intake.incoming().release(claimed);
            } catch (IOException e) {
                LOG.warn("id={} is enqueued, but its claim {} cannot be deleted", claimed.queueId(), claimed.file(), e);
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            intake.incoming().leave(claimed);
            LOG.warn(
                    "id={} source={} file=\"{}\" could not be enqueued and is tried again soon",
                    claimed.queueId(),
                    intake.label(),
                    Shown.line(claimed.name()),
                    exchange.getException());
        }
    }
}
