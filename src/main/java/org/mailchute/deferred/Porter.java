package org.mailchute.deferred;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries deliveries from one queue to others, a batch in one broker transaction: each is in one of them at any time. */
final class Porter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Porter.class);

    /** For the next message of a queue that has some. */
    private static final long PATIENCE_MS = 200;

    private final Connection connection;
    private final Session session;

    /** One for each queue: Artemis' client asks the broker for the queue of each message of one that is for all. */
    private final Map<String, MessageProducer> producers = new HashMap<>();

    private final String undeliverable;

    /** @param undeliverable the queue for what is none of ours */
    Porter(ConnectionFactory broker, String undeliverable) throws JMSException {
        this.undeliverable = undeliverable;
        connection = broker.createConnection();
        try {
            session = connection.createSession(Session.SESSION_TRANSACTED);
            connection.start();
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    /** Where a delivery goes on. */
    @FunctionalInterface
    interface Way {
        Onward of(Waiting delivery) throws JMSException;
    }

    /** A queue, and the message for it. */
    record Onward(String queue, Waiting.Letter letter) {}

    Session session() {
        return session;
    }

    /**
     * Moves the first ones of a queue.
     *
     * @return how many
     */
    int move(String from, long most, Way way) throws JMSException {
        int moved = 0;
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(from))) {
            while (moved < most && carry(consumer.receive(PATIENCE_MS), from, way)) {
                moved++;
            }
            session.commit();
            return moved;
        } catch (JMSException | RuntimeException e) {
            session.rollback();
            throw e;
        }
    }

    /** @param message null when there is none */
    private boolean carry(@Nullable Message message, String from, Way way) throws JMSException {
        if (message == null) {
            return false;
        }
        Optional<Waiting> delivery = Waiting.read(message);
        if (delivery.isPresent()) {
            Onward onward = way.of(delivery.get());
            send(onward.queue(), onward.letter().message(), onward.letter().priority());
        } else {
            LOG.warn("{} in {} is no delivery of ours: moved to {}", message.getJMSMessageID(), from, undeliverable);
            send(undeliverable, message, message.getJMSPriority());
        }
        return true;
    }

    private void send(String queue, Message message, int priority) throws JMSException {
        MessageProducer producer = producers.get(queue);
        if (producer == null) {
            producer = session.createProducer(session.createQueue(queue));
            producers.put(queue, producer);
        }
        producer.send(message, DeliveryMode.PERSISTENT, priority, 0);
    }

    /** The first one of a queue, which stays there. */
    Optional<Waiting> first(String queue) throws JMSException {
        try (Eye eye = eye(queue)) {
            return eye.hasMore() ? eye.next() : Optional.empty();
        }
    }

    /** Whether there is a message in a queue, whatever its count says. */
    boolean holdsSome(String queue) throws JMSException {
        try (Eye eye = eye(queue)) {
            return eye.hasMore();
        }
    }

    /** Shows what is in a queue, which stays there. */
    Eye eye(String queue) throws JMSException {
        return new Eye(session.createBrowser(session.createQueue(queue)));
    }

    /** One look at a queue. */
    static final class Eye implements AutoCloseable {
        private final QueueBrowser browser;
        private final Enumeration<?> messages;

        private Eye(QueueBrowser browser) throws JMSException {
            this.browser = browser;
            this.messages = browser.getEnumeration();
        }

        boolean hasMore() {
            return messages.hasMoreElements();
        }

        /** Empty for what is none of ours. */
        Optional<Waiting> next() throws JMSException {
            return Waiting.read((Message) messages.nextElement());
        }

        @Override
        public void close() throws JMSException {
            browser.close();
        }
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
