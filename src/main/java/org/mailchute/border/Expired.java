package org.mailchute.border;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each request whose time to live ended before it was received: it is never mailed, as its application wanted it. */
record Expired(String own) implements ActiveMQServerMessagePlugin {
    private static final Logger LOG = LoggerFactory.getLogger(Expired.class);

    /** @param consumer none where the broker found it by itself */
    @Override
    public void messageExpired(
            MessageReference reference, SimpleString expiryAddress, @Nullable ServerConsumer consumer) {
        Message message = reference.getMessage();
        Object user = message.getBrokerProperty(Message.HDR_VALIDATED_USER); // of either protocol
        if (user != null && !user.toString().equals(own)) { // an answer is ours
            LOG.warn(
                    "a request of user {} in {} was not received before its time to live ended: it is not mailed, and lies in {}",
                    user,
                    reference.getQueue().getName(),
                    expiryAddress);
        }
    }
}
