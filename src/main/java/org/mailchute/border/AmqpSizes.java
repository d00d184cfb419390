package org.mailchute.border;

import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.protocol.amqp.broker.ActiveMQProtonRemotingConnection;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPConnectionContext;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonDeliveryHandler;
import org.apache.activemq.artemis.protocol.amqp.proton.handler.EventHandler;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;

/**
 * Tells who attaches to send by AMQP how large a message may be (AMQP 1.0 part 2, 2.7.3), and has it counted while it comes.
 * Artemis does neither: it looks at a message when all of it is on disk.
 */
record AmqpSizes(MessageSizes allowance, Farewell farewell) implements ActiveMQServerConnectionPlugin {
    @Override
    public void afterCreateConnection(RemotingConnection connection) {
        if (connection instanceof ActiveMQProtonRemotingConnection amqp) {
            AMQPConnectionContext context = amqp.getAmqpConnection();
            context.addEventHandler(new Attached(context));
            context.addEventHandler(new AmqpLinks(connection, farewell));
        }
    }

    /** Comes after Artemis' own handler, and before what that one wants to say is written. */
    private final class Attached implements EventHandler {
        private final AMQPConnectionContext connection;

        Attached(AMQPConnectionContext connection) {
            this.connection = connection;
        }

        @Override
        public void onRemoteOpen(Link link) {
            if (link instanceof Receiver receiver && receiver.getContext() instanceof ProtonDeliveryHandler artemis) {
                receiver.setMaxMessageSize(UnsignedLong.valueOf(allowance.maxAmqpBytes()));
                receiver.setContext(new AmqpDeliveries(artemis, receiver, connection, allowance));
            }
        }
    }
}
