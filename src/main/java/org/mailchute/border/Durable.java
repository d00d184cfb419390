package org.mailchute.border;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInternalErrorException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.persistence.StorageManager.LargeMessageExtension;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPLargeMessage;

/**
 * What was accepted of a user outlasts the broker, however it was sent. Of AMQP a message that does not say {@code durable} is kept in
 * memory alone, and clients other than those of JMS do not say it by themselves; Artemis (2.55.0) accepts it all the same, and any stop loses
 * it ({@code findings/rhea-accepted-and-lost-by-a-restart.sh}).
 */
final class Durable {
    private Durable() {}

    /** Before the broker takes it. */
    static void make(Message message) throws ActiveMQException {
        if (message.isDurable()) {
            return;
        }
        if (message instanceof LargeServerMessage large) {
            keepFile(large);
        }
        message.setDurable(true);
        message.reencode(); // what is read from the disk says so too, or its end would not be noted there
    }

    /** It came into a file of a name that the next start deletes. */
    private static void keepFile(LargeServerMessage large) throws ActiveMQException {
        String name = large.getMessageID() + LargeMessageExtension.DURABLE.getExtension();
        try {
            large.getAppendFile().renameTo(name);
        } catch (Exception e) { // what its interface declares
            throw new ActiveMQInternalErrorException("a large message cannot be kept: " + e.getMessage(), e);
        }
        if (large instanceof AMQPLargeMessage amqp) {
            amqp.setFileDurable(true);
        }
    }
}
