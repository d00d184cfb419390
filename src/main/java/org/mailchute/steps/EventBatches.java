package org.mailchute.steps;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.transaction.TransactionStatus;

/**
 * {@code eventBatches} and {@code traceBatches}: the consumers of {@code 8-events} and {@code 9-trace}. Such a one takes what is there in one broker transaction, an exchange each, where
 * camel-jms has a transaction, and so an fsync, for each message.
 */
public final class EventBatches implements MessageListenerContainerFactory {
    private static final int BATCH = 200;
    /** Of events that came before, as their connection broke or their batch failed. */
    private static final int SOME = 20;

    private static final String COUNT = "JMSXDeliveryCount";

    private final Reader reader;

    /** Who reads the events, one by one. */
    public interface Reader {
        /** Before the broker forgets a batch. @throws JMSException when it must not */
        void settle() throws JMSException;

        /** None of those read so far comes again. */
        void committed();
    }

    /** @param reader told before and after each commit */
    public EventBatches(Reader reader) {
        this.reader = reader;
    }

    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        return new Consumer(endpoint, reader);
    }

    /** What comes again made its batch fail perhaps: with few beside it, and in the end alone, it can harm no other event. */
    private static int room(Message message) throws JMSException {
        if (!message.getJMSRedelivered()) {
            return BATCH;
        }
        return message.propertyExists(COUNT) && message.getIntProperty(COUNT) <= 2 ? SOME : 1;
    }

    /** For one thread. */
    private static final class Consumer extends DefaultJmsMessageListenerContainer {
        private final Reader reader;
        private int taken;
        private int room;

        Consumer(JmsEndpoint endpoint, Reader reader) {
            super(endpoint);
            this.reader = reader;
        }

        /** One batch; one message a round. */
        @Override
        protected boolean doReceiveAndExecute(
                Object invoker,
                @Nullable Session session,
                @Nullable MessageConsumer consumer,
                @Nullable TransactionStatus status)
                throws JMSException {
            taken = 0;
            room = BATCH;
            boolean received = super.doReceiveAndExecute(invoker, session, consumer, status);
            while (taken > 0) {
                super.doReceiveAndExecute(invoker, session, consumer, status);
            }
            return received;
        }

        @Override
        protected @Nullable Message receiveMessage(MessageConsumer consumer) throws JMSException {
            Message message = taken == 0 ? super.receiveMessage(consumer) : consumer.receiveNoWait();
            room = message == null ? room : Math.min(room, room(message));
            return message;
        }

        /** @param message that was handled; null when there is no more */
        @Override
        protected void commitIfNecessary(Session session, @Nullable Message message) throws JMSException {
            if (message != null && ++taken < room || taken == 0) {
                return;
            }
            reader.settle();
            super.commitIfNecessary(session, message);
            reader.committed();
            taken = 0;
        }

        @Override
        protected void rollbackOnExceptionIfNecessary(Session session, Throwable why) throws JMSException {
            taken = 0;
            super.rollbackOnExceptionIfNecessary(session, why);
        }
    }
}
