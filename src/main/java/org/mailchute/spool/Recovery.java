package org.mailchute.spool;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up again what one intake claimed and the broker does not have: at start, what a crash left; later, what a full disk or an
 * absent broker made fail. The queue id stays, so the broker drops what it has already.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final String source;
    private final Incoming incoming;
    private final Spool spool;
    private final Optional<Consumer<Claimed>> again;
    private String told = "";

    /**
     * @param source the intake, as events show it
     * @param again takes a claim the whole way once more; empty where a server, a device or a queue has the input until the broker has
     *     it, and gives it again
     */
    public Recovery(String source, Incoming incoming, Spool spool, Optional<Consumer<Claimed>> again) {
        this.source = source;
        this.incoming = incoming;
        this.spool = spool;
        this.again = again;
    }

    /** One look. A fault is told of once, until it is another, or well again. */
    public void run() {
        try {
            for (Claimed claimed : incoming.leftBehind()) {
                takeUp(claimed);
            }
            told = "";
        } catch (IOException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("source={}: the claims of this intake cannot be read", source, e);
        }
    }

    private void tell(String why) {
        if (!why.equals(told)) {
            LOG.error("source={}: a claim cannot be taken up again, which is tried every half minute: {}", source, why);
        }
        told = why;
    }

    private void takeUp(Claimed claimed) throws IOException {
        if (again.isEmpty()) {
            spool.unsure(claimed.queueId());
            incoming.release(claimed);
            return;
        }
        if (!incoming.failed(claimed)) {
            LOG.info("id={} source={} file=\"{}\" is taken up again", claimed.queueId(), source, claimed.name());
        }
        again.get().accept(claimed);
    }
}
