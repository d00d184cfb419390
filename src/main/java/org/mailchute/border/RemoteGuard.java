package org.mailchute.border;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each message that a user sends, before the broker takes it: its size, whether the disk has room, whether it can be read,
 * and where it wants answers. Those are sent by Mailchute, which may write to every queue, so a user may only name queues it can read itself.
 */
record RemoteGuard(RemoteUsers users, String own, MessageSizes allowance, UncommittedSends uncommitted)
        implements ActiveMQServerMessagePlugin {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteGuard.class);

    /** Artemis' name for it in its own messages. */
    private static final String REPLY_TO = "JMSReplyTo";

    @Override
    public void beforeSend(
            @Nullable ServerSession session,
            @Nullable Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreate)
            throws ActiveMQException {
        if (session == null || own.equals(session.getUsername())) {
            return;
        }
        Optional<String> fault = fault(session, message).or(() -> uncommitted(session, transaction, message));
        if (fault.isPresent()) {
            LOG.warn("user {} was refused {}", session.getValidatedUser(), fault.get());
            throw refused(fault.get(), transaction, message);
        }
        Durable.make(message);
        if (message instanceof AMQPMessage amqp) { // Artemis notes the user on those of its own protocol alone
            amqp.createExtraProperties()
                    .putSimpleStringProperty(Message.HDR_VALIDATED_USER, SimpleString.of(session.getValidatedUser()));
        }
    }

    private Optional<String> uncommitted(ServerSession session, @Nullable Transaction transaction, Message message) {
        return transaction == null
                ? Optional.empty()
                : uncommitted.fault(session.getValidatedUser(), transaction, message);
    }

    private static ActiveMQException refused(String fault, @Nullable Transaction transaction, Message message) {
        ActiveMQException refused = new ActiveMQException(fault, ActiveMQExceptionType.ILLEGAL_STATE);
        if (transaction != null) {
            transaction.markAsRollbackOnly(refused); // a commit must not look as if all had been taken
        }
        if (message instanceof LargeServerMessage large) {
            delete(large);
        }
        return refused;
    }

    private static void delete(LargeServerMessage large) {
        try {
            large.deleteFile();
        } catch (Exception e) {
            LOG.warn("a large message that was refused stays on disk until the next start: {}", e.toString());
        }
    }

    private Optional<String> fault(ServerSession session, Message message) {
        boolean amqp = "AMQP".equals(session.getRemotingConnection().getProtocolName());
        return allowance
                .fault(amqp, size(message))
                .or(() -> PublishedMessage.fault(message))
                .or(() -> answersElsewhere(session, message));
    }

    /** What came, or what it says itself of a large one that came by Artemis' own protocol: {@link CoreSizes} may have cut that. */
    private static long size(Message message) {
        Object said = message instanceof ICoreMessage core ? core.getObjectProperty(Message.HDR_LARGE_BODY_SIZE) : null;
        return Math.max(message.getWholeMessageSize(), said instanceof Long bytes ? bytes : 0);
    }

    private Optional<String> answersElsewhere(ServerSession session, Message message) {
        return answers(message)
                .map(RemoteGuard::queue)
                .filter(queue -> !users.mayRead(session.getValidatedUser(), queue))
                .findFirst()
                .map(queue ->
                        "answers to \"" + queue + "\": name a temporary queue of yours, or one that you may read");
    }

    /** Of AMQP a property of that name would win over the field when Artemis makes a JMS message of it. */
    private static Stream<String> answers(Message message) {
        return Stream.of(message.getReplyTo(), message.getObjectProperty(REPLY_TO))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(queue -> !queue.isEmpty());
    }

    private static String queue(String replyTo) {
        return replyTo.replaceFirst("^(temp-)?queue://", "");
    }
}
