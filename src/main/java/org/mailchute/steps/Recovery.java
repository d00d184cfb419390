package org.mailchute.steps;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.mailchute.spool.Claimed;
import org.mailchute.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up again what was claimed but not enqueued: at start, what a crash left; later, what a full disk or an absent broker
 * made fail. The queue id stays, so the broker drops what it has already.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Collection<? extends Intake> intakes;
    private final ProducerTemplate routes;
    private final Spool spool;
    private final Map<String, String> told = new HashMap<>();

    public Recovery(Collection<? extends Intake> intakes, ProducerTemplate routes, Spool spool) {
        this.intakes = intakes;
        this.routes = routes;
        this.spool = spool;
    }

    /** One look at every intake. */
    public void run() {
        for (Intake intake : intakes) {
            try {
                run(intake);
                told.remove(intake.name());
            } catch (IOException e) {
                tell(intake, e);
            } catch (RuntimeException e) {
                LOG.error("source={}: the claims of this intake cannot be read", intake.label(), e);
            }
        }
    }

    /** Once, until it is another fault, or well again. */
    private void tell(Intake intake, IOException why) {
        String words = String.valueOf(why.getMessage());
        if (!words.equals(told.put(intake.name(), words))) {
            LOG.error(
                    "source={}: a claim cannot be taken up again, which is tried every half minute: {}",
                    intake.label(),
                    words);
        }
    }

    private void run(Intake intake) throws IOException {
        for (Claimed claimed : intake.incoming().leftBehind()) {
            if (intake.hasTaken()) {
                if (!intake.incoming().failed(claimed)) {
                    LOG.info(
                            "id={} source={} file=\"{}\" is taken up again",
                            claimed.queueId(),
                            intake.label(),
                            claimed.name());
                }
                routes.send("direct:accept", exchange -> Claim.takeUp(exchange, intake, claimed));
            } else {
                spool.unsure(claimed.queueId());
                intake.incoming().release(claimed); // its source, a server or a queue, still has it
            }
        }
    }
}
