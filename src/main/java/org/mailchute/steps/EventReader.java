package org.mailchute.steps;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.mailchute.broker.BrokerPools;
import org.mailchute.broker.Queues;
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
 * Reads the event queue, in batches of one broker transaction, and has each event told: mail log, meters. It also frees the
 * spool, because an event is only there once the broker has committed what it tells of. Events may come twice after a crash;
 * they are told once, and all else that happens here may happen twice.
 */
public final class EventReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final int BATCH = 200;
    /** Of events that came before, as their connection broke or their batch failed. */
    private static final int SOME = 20;

    private static final String COUNT = "JMSXDeliveryCount";

    private final ConnectionFactory broker;
    private final Spool spool;
    private final DiskRoom disk;
    private final ToldOnce telling;
    private final BiConsumer<DeliveryEvent, Optional<String>> committed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean freed;

    /** @param committed told of each event read, which the broker has for good, and the name of the delivery that ended with it, if any */
    public EventReader(
            ConnectionFactory broker,
            Spool spool,
            DiskRoom disk,
            ToldOnce telling,
            BiConsumer<DeliveryEvent, Optional<String>> committed) {
        this.broker = broker;
        this.spool = spool;
        this.disk = disk;
        this.telling = telling;
        this.committed = committed;
        this.thread = new Thread(this::run, "mailchute-events");
    }

    public void start() {
        thread.start();
    }

    /** Lets it end after the batch under way; {@link #close} waits until it has. */
    public void end() {
        closed.countDown();
    }

    @Override
    public void close() {
        end();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void run() {
        while (open()) {
            try (Connection connection = broker.createConnection();
                    Session session = connection.createSession(Session.SESSION_TRANSACTED);
                    MessageConsumer consumer = session.createConsumer(session.createQueue(Queues.EVENTS))) {
                connection.start();
                while (open()) {
                    batch(session, consumer);
                }
            } catch (JMSException e) {
                LOG.warn("the event queue cannot be read, trying again: {}", e.toString());
                pause();
            }
        }
    }

    private void batch(Session session, MessageConsumer consumer) throws JMSException {
        int room = BATCH;
        Message message = consumer.receive(BrokerPools.RECEIVE_MILLIS);
        for (int number = 1; message != null; number++) {
            room = Math.min(room, room(message));
            handleOrTell(session, message);
            message = number < room ? consumer.receiveNoWait() : null;
        }
        settle();
        session.commit();
        telling.committed();
    }

    /** For a power cut: what ended is gone before the broker forgets that it ended. */
    private void settle() throws JMSException {
        try {
            if (freed) {
                onceItCan(spool::sync);
            }
        } catch (IOException e) {
            LOG.error("a power cut now may bring back messages that were mailed: {}", e.toString());
        }
        freed = false;
    }

    /** What comes again made its batch fail perhaps: with few beside it, and in the end alone, it can harm no other event. */
    private static int room(Message message) throws JMSException {
        if (!message.getJMSRedelivered()) {
            return BATCH;
        }
        return message.propertyExists(COUNT) && message.getIntProperty(COUNT) <= 2 ? SOME : 1;
    }

    /** One event that cannot be handled must not stop the others; what it leaves in the spool goes at the next start. */
    private void handleOrTell(Session session, Message message) throws JMSException {
        try {
            handle(session, message);
        } catch (SpoiltMessage e) {
            LOG.warn("{}: what is here of this message stays, and is set aside at the next start", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("event {} cannot be handled", message.getJMSMessageID(), e);
        }
    }

    private void handle(Session session, Message message) throws JMSException, IOException {
        String json = ((TextMessage) message).getText();
        DeliveryEvent event = EventJson.read(json);
        Answers.pass(session, message, event, json);
        telling.tell(message.getJMSMessageID(), event);
        committed.accept(event, Optional.ofNullable(message.getStringProperty(Events.DELIVERY)));
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
                if (!open()) {
                    throw new JMSException("the gateway ends, and " + e);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (closed.await(1, TimeUnit.SECONDS)) {
                LOG.debug("closed while waiting for the broker");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
