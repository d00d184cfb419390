package org.mailchute.steps;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.DefaultMessage;
import org.mailchute.envelope.ForwardPath;
import org.mailchute.spool.DiskRoom;
import org.mailchute.spool.QueueId;
import org.mailchute.spool.SpoiltMessage;
import org.mailchute.spool.Spool;
import org.mailchute.trace.DeliveryEvent;
import org.mailchute.trace.EventJson;
import org.mailchute.trace.ToldOnce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code eventReader}: what is done with each event, one method a step. An event is only there once the broker has committed what it
 * tells of. Events may come twice after a crash; they are told once, and all else that happens here may happen twice.
 */
public final class EventReader implements EventBatches.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final String EVENT = "event";

    private final Spool spool;
    private final DiskRoom disk;
    private final ToldOnce telling;
    private final BiConsumer<DeliveryEvent, Optional<String>> committed;
    private final Ending ending = new Ending();
    private boolean freed;

    /** @param committed told of each event read, which the broker has for good, and the name of the delivery that ended with it, if any */
    public EventReader(
            Spool spool, DiskRoom disk, ToldOnce telling, BiConsumer<DeliveryEvent, Optional<String>> committed) {
        this.spool = spool;
        this.disk = disk;
        this.telling = telling;
        this.committed = committed;
    }

    /** Nobody waits for a disk any more: the broker gives the batch under way again. */
    public void end() {
        ending.begin();
    }

    /** Passes it on to who asked for answers, in the transaction that takes it. Body: its JSON then; property {@code event}: what it says. */
    public void answer(Exchange exchange) throws JMSException {
        JmsMessage message = exchange.getMessage(JmsMessage.class);
        String json = ((TextMessage) message.getJmsMessage()).getText();
        DeliveryEvent event = EventJson.read(json);
        exchange.setProperty(EVENT, event);
        message.setBody(json);
        Answers.pass(message.getJmsSession(), message.getJmsMessage(), event, json);
    }

    /** Mail log and meters, once; who waits for the commit. */
    public void tell(Exchange exchange) throws JMSException {
        Message message = exchange.getMessage(JmsMessage.class).getJmsMessage();
        DeliveryEvent event = exchange.getProperty(EVENT, DeliveryEvent.class);
        telling.tell(message.getJMSMessageID(), event);
        committed.accept(event, Optional.ofNullable(message.getStringProperty(Events.DELIVERY)));
    }

    /** Of a message whose last recipient has ended nothing stays in the spool. */
    public void free(Exchange exchange) throws JMSException, IOException {
        DeliveryEvent event = exchange.getProperty(EVENT, DeliveryEvent.class);
        switch (event.kind()) {
            case ACCEPTED, DROPPED -> {
                onceItCan(() -> spool.ended(
                        new QueueId(event.queueId()),
                        event.recipients().stream().map(ForwardPath::parse).toList()));
                freed = true;
            }
            default -> {
                // the message is still needed, or was never there
            }
        }
    }

    /** What another queue is sent of it: its JSON, and nothing of how it came. */
    public void copy(Exchange exchange) {
        String json = exchange.getMessage().getBody(String.class);
        exchange.setMessage(new DefaultMessage(exchange));
        exchange.getMessage().setBody(json);
    }

    /** One event that cannot be handled must not stop the others; what it leaves in the spool goes at the next start. */
    public void leaveOut(Exchange exchange) throws JMSException {
        Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (why instanceof SpoiltMessage) {
            LOG.warn("{}: what is here of this message stays, and is set aside at the next start", why.getMessage());
        } else {
            String id = exchange.getMessage(JmsMessage.class).getJmsMessage().getJMSMessageID();
            LOG.error("event {} cannot be handled", id, why);
        }
    }

    /** For a power cut: what ended is gone before the broker forgets that it ended. */
    @Override
    public void settle() throws JMSException {
        try {
            if (freed) {
                onceItCan(spool::sync);
            }
        } catch (IOException e) {
            LOG.error("a power cut now may bring back messages that were mailed: {}", e.toString());
        }
        freed = false;
    }

    @Override
    public void committed() {
        telling.committed();
    }

    private interface Deed {
        void happens() throws IOException;
    }

    /**
     * Waits while home cannot be written. What stayed in the spool after the broker has forgotten its event would look at the next
     * start as if the journal had lost it.
     *
     * @throws JMSException when the gateway ends before: the broker gives the batch again
     */
    private void onceItCan(Deed deed) throws IOException, JMSException {
        while (true) {
            try {
                deed.happens();
                return;
            } catch (IOException e) {
                if (!disk.spoolFails()) {
                    throw e;
                }
                if (ending.hasBegun()) {
                    throw new JMSException("the gateway ends, and " + e);
                }
            }
        }
    }
}
