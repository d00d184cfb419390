package org.mailchute.steps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.mailchute.envelope.Envelope;
import org.mailchute.intake.Refused;
import org.mailchute.listener.Handover;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what devices send by SMTP into the incoming place of their intake, and then through the routes, in the device's own
 * session: it hears 250 when the broker's transaction is committed, and nothing else.
 */
public final class SmtpInbox implements Handover {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpInbox.class);

    private final Intake intake;
    private final Spool spool;
    private final DiskRoom disk;
    private final ProducerTemplate routes;
    private final Clock clock;

    /**
     * @param routes for its caller to close: until then a route that it sent to stays, though it was removed
     *     ({@code findings/camel-template-leaves-removed-routes.sh})
     */
    public SmtpInbox(Intake intake, Spool spool, DiskRoom disk, ProducerTemplate routes, Clock clock) {
        this.intake = intake;
        this.spool = spool;
        this.disk = disk;
        this.routes = routes;
        this.clock = clock;
    }

    @Override
    public Draft open() throws IOException {
        Optional<String> fault = disk.fault().or(() -> intake.room().lacks());
        if (fault.isPresent()) {
            throw new IOException(fault.get());
        }
        Claimed claimed = intake.incoming().begin(QueueId.next(clock), "message.eml");
        try {
            return new OnDisk(claimed, Files.newOutputStream(claimed.file()));
        } catch (IOException e) {
            intake.incoming().release(claimed);
            disk.spoolFails(); // said once, and not ready, if so
            throw e;
        }
    }

    private final class OnDisk implements Draft {
        private final Claimed claimed;
        private final OutputStream out;

        OnDisk(Claimed claimed, OutputStream out) {
            this.claimed = claimed;
            this.out = out;
        }

        @Override
        public OutputStream content() {
            return out;
        }

        @Override
        public void drop() {
            try (out) {
                LOG.debug("id={} is not taken", claimed.queueId());
            } catch (IOException e) {
                LOG.debug("id={} has no end on disk, and none is needed", claimed.queueId(), e);
            }
            try {
                intake.incoming().release(claimed);
            } catch (IOException e) {
                LOG.warn("id={}: {} cannot be deleted", claimed.queueId(), claimed.file(), e);
            }
        }

        @Override
        public Answer hand(Envelope envelope, String device, boolean dotsDoubled) {
            try {
                out.close();
            } catch (IOException e) {
                LOG.error("id={} cannot be written", claimed.queueId(), e);
                drop();
                return new Answer.Later();
            }
            Exchange done = routes.send(
                    "direct:intake-" + intake.name(),
                    exchange -> exchange.getMessage().setBody(new Submitted(claimed, envelope, device, dotsDoubled)));
            return answer(done);
        }

        private Answer answer(Exchange done) {
            Exception fault = done.getException();
            if (fault != null) {
                forget(fault);
                return new Answer.Later();
            }
            Refused refused = ObjectHelper.getException(
                    Refused.class, done.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
            return refused != null
                    ? new Answer.Refused(refused.reason())
                    : new Answer.Queued(claimed.queueId().value());
        }

        /**
         * A full disk would stay full of what the device sends again and again. Where the broker was asked already it may
         * have the message in spite of the fault; then its payload stays until the next start knows.
         */
        private void forget(Exception fault) {
            boolean broker = caused(fault, jakarta.jms.JMSException.class)
                    || caused(fault, org.springframework.transaction.TransactionException.class)
                    || caused(fault, org.springframework.jms.JmsException.class);
            if (broker || !caused(fault, IOException.class)) {
                return;
            }
            disk.spoolFails();
            try {
                spool.discard(claimed.queueId());
            } catch (IOException e) {
                LOG.warn("id={}: what is left of it cannot be deleted", claimed.queueId(), e);
            }
        }

        private static boolean caused(Exception fault, Class<? extends Throwable> type) {
            return ObjectHelper.getException(type, fault) != null;
        }
    }
}
