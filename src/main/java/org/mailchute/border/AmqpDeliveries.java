package org.mailchute.border;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.protocol.amqp.exceptions.ActiveMQAMQPException;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPConnectionContext;
import org.apache.activemq.artemis.protocol.amqp.proton.AMQPSessionContext;
import org.apache.activemq.artemis.protocol.amqp.proton.ProtonDeliveryHandler;
import org.apache.qpid.proton.amqp.transaction.TransactionalState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.amqp.transport.LinkError;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one sender sends by AMQP, counted while it comes. Who sends more than is taken is detached with the reason, and what came
 * of the message is deleted. For the thread of the connection.
 */
final class AmqpDeliveries implements ProtonDeliveryHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AmqpDeliveries.class);

    private final ProtonDeliveryHandler artemis;
    private final Receiver receiver;
    private final AMQPConnectionContext connection;
    private final MessageSizes allowance;

    private @Nullable Delivery current;
    private long taken;
    private boolean detached;

    /** @param artemis handles what is taken */
    AmqpDeliveries(
            ProtonDeliveryHandler artemis,
            Receiver receiver,
            AMQPConnectionContext connection,
            MessageSizes allowance) {
        this.artemis = artemis;
        this.receiver = receiver;
        this.connection = connection;
        this.allowance = allowance;
    }

    @Override
    public void onMessage(Delivery delivery) throws ActiveMQAMQPException {
        if (detached) {
            drop(delivery);
            return;
        }
        if (current != delivery) {
            current = delivery;
            taken = 0;
        }
        int waiting = delivery.available();
        var fault = allowance.fault(true, taken + waiting);
        if (fault.isPresent() && !delivery.isAborted()) {
            rollBack(delivery, fault.get());
            detach(fault.get());
            drop(delivery);
        } else {
            artemis.onMessage(delivery);
            taken += waiting - delivery.available();
        }
    }

    /** It was under way when the sender was told. */
    private void drop(Delivery delivery) {
        if (receiver.current() == delivery) {
            receiver.recv();
        }
    }

    /** A commit must not look as if all had been taken. */
    private void rollBack(Delivery delivery, String fault) throws ActiveMQAMQPException {
        if (delivery.getRemoteState() instanceof TransactionalState transaction
                && receiver.getSession().getContext() instanceof AMQPSessionContext session) {
            session.getSessionSPI()
                    .getTransaction(transaction.getTxnId(), false)
                    .markAsRollbackOnly(new ActiveMQException(fault, ActiveMQExceptionType.ILLEGAL_STATE));
        }
    }

    private void detach(String fault) throws ActiveMQAMQPException {
        LOG.warn("user {} was refused {}", connection.getValidatedUser(), fault);
        detached = true;
        ErrorCondition why = new ErrorCondition(LinkError.MESSAGE_SIZE_EXCEEDED, fault);
        receiver.setCondition(why);
        artemis.close(why); // and deletes what came of it
        receiver.close();
        connection.flush();
    }

    @Override
    public void onFlow(int credits, boolean drain) {
        artemis.onFlow(credits, drain);
    }

    @Override
    public void close(boolean byPeer) throws ActiveMQAMQPException {
        artemis.close(byPeer);
    }

    @Override
    public void close(ErrorCondition condition) throws ActiveMQAMQPException {
        artemis.close(condition);
    }
}
