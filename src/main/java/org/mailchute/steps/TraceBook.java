package org.mailchute.steps;

import jakarta.jms.JMSException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.mailchute.intake.Shown;
import org.mailchute.tracestore.TracePlan;
import org.mailchute.tracestore.TraceStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code traceBook}: writes events into the trace, a batch in one transaction of the database, and then of the broker. While the database
 * cannot be reached events wait in their queue, and nothing else waits for them.
 */
public final class TraceBook implements EventBatches.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(TraceBook.class);
    /** Of SQLSTATE: what the database says of a value, not of itself (ISO/IEC 9075, classes 22 and 23). */
    private static final List<String> OF_A_VALUE = List.of("22", "23");

    private final TraceStore store;
    private final TracePlan plan;
    private final Clock clock;
    private final Ending ending = new Ending();
    private final List<TraceStore.Told> batch = new ArrayList<>();
    private boolean away;

    public TraceBook(TraceStore store, TracePlan plan, Clock clock) {
        this.store = store;
        this.plan = plan;
        this.clock = clock;
    }

    /** Whether anything is kept. */
    public boolean isOn() {
        return plan.isOn();
    }

    /** Body: an event's JSON. Written with its batch. */
    public void note(Exchange exchange) {
        QueuedEvent.read(exchange, "trace's", (id, event) -> batch.add(new TraceStore.Told(id, event)));
    }

    @Override
    public void settle() throws JMSException {
        try {
            write(List.copyOf(batch));
        } finally {
            batch.clear();
        }
    }

    @Override
    public void committed() {
        // what the broker has forgotten is written
    }

    private void write(List<TraceStore.Told> events) throws JMSException {
        while (!events.isEmpty()) {
            try {
                store.write(events);
                isBack();
                return;
            } catch (SQLException e) {
                if (isOfAValue(e)) {
                    writeEach(events, e);
                    return;
                }
                isAway(e);
            }
            if (ending.hasBegun()) {
                throw new JMSException("the gateway ends, and the trace cannot be written");
            }
        }
    }

    /** One that the database does not take must not stop the others. */
    private void writeEach(List<TraceStore.Told> events, SQLException why) throws JMSException {
        if (events.size() == 1) {
            LOG.error(
                    "id={} an event cannot be written into the trace, and is left out: {}",
                    events.get(0).event().queueId(),
                    TraceStore.why(why));
            return;
        }
        for (TraceStore.Told event : events) {
            write(List.of(event));
        }
    }

    private static boolean isOfAValue(SQLException e) {
        String state = e.getSQLState();
        return state != null && OF_A_VALUE.stream().anyMatch(state::startsWith);
    }

    private void isAway(SQLException e) {
        if (!away) {
            LOG.warn("the trace cannot be written; what happens is kept until it can: {}", TraceStore.why(e));
        }
        away = true;
    }

    private void isBack() {
        if (away) {
            LOG.info("the trace is written again");
        }
        away = false;
    }

    /** Nobody waits for the database any more: the broker gives the batch under way again. */
    public void end() {
        ending.begin();
    }

    /** Forgets what is older than the settings say. */
    public void expire() {
        Instant before = clock.instant().minus(plan.keep());
        try {
            int gone = store.expire(before);
            if (gone > 0) {
                LOG.info("trace: {} received before {} forgotten", Shown.count(gone, "message"), before);
            }
        } catch (SQLException e) {
            LOG.warn("what is too old stays in the trace for another hour: {}", TraceStore.why(e));
        }
    }
}
