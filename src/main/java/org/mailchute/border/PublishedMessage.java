package org.mailchute.border;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.LargeBodyReader;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.mailchute.intake.Shown;

/**
 * What a user's message is to those who read it later. A client that cannot read one fails before it can say which it was, and
 * gets the same one again: it would stop its queue for everybody. So it is read before the broker takes it.
 */
final class PublishedMessage {
    /** Artemis and its forerunner keep these for themselves; some of them make the broker cut whoever is given such a message. */
    private static final Set<String> BROKERS_OWN = Set.of("_AMQ", "__AMQ", "_HQ", "__HQ");

    /** Those that clients set by themselves, or by a field of JMS that harms nobody, and what they hold. */
    private static final Map<String, Set<Class<?>>> HARMLESS = Map.of(
            "__AMQ_CID", Set.of(SimpleString.class, String.class),
            "_AMQ_ROUTING_TYPE", Set.of(Byte.class),
            "_AMQ_GROUP_ID", Set.of(SimpleString.class, String.class),
            "_AMQ_GROUP_SEQUENCE", Set.of(Integer.class),
            "_AMQ_INGRESS_TIMESTAMP", Set.of(Long.class),
            "_AMQ_LARGE_SIZE", Set.of(Long.class));

    /** What {@code readNullableSimpleString} finds before the text: whether there is one, and its octets. */
    private static final int BEFORE_TEXT = 5;

    private PublishedMessage() {}

    /** Why it cannot be taken, for its sender; empty when it can. Of AMQP it is what Artemis will make of it for a reader. */
    static Optional<String> fault(Message message) {
        try {
            ICoreMessage read = message.toCore();
            return reserved(read).or(() -> kind(read)).or(() -> whole(message));
        } catch (RuntimeException | StackOverflowError e) {
            return unreadable(e);
        }
    }

    private static Optional<String> whole(Message message) {
        return message instanceof AMQPMessage amqp ? AmqpBody.fault(amqp) : Optional.empty();
    }

    private static Optional<String> unreadable(Throwable why) {
        return Optional.of("a message that nobody can read (" + why.getClass().getSimpleName() + ": "
                + Shown.line(String.valueOf(why.getMessage())) + ")");
    }

    private static Optional<String> reserved(ICoreMessage message) {
        return message.getPropertyNames().stream()
                .map(SimpleString::toString)
                .filter(name -> BROKERS_OWN.stream().anyMatch(name::startsWith))
                .filter(name -> !harmless(name, message.getObjectProperty(name)))
                .findFirst()
                .map(PublishedMessage::advice);
    }

    private static boolean harmless(String name, Object value) {
        return HARMLESS.getOrDefault(name, Set.of()).stream().anyMatch(kind -> kind.isInstance(value));
    }

    private static String advice(String name) {
        return switch (name) {
            case "_AMQ_SCHED_DELIVERY" -> "a message for a later time: say notBefore in the request instead";
            // kept in memory, of any length, and of a whole queue: one user could use up those of another, whose mail
            // is dropped
            case "_AMQ_DUPL_ID" -> "a message with the broker's duplicate id: give the request an id instead";
            case "_AMQ_LARGE_COMPRESSED" -> "a compressed message: switch compressLargeMessages off";
            default -> "a message with the property \"" + Shown.line(name) + "\": such names are the broker's own";
        };
    }

    private static Optional<String> kind(ICoreMessage message) {
        if (message.getType() == Message.BYTES_TYPE) {
            return Optional.empty();
        }
        if (message.getType() != Message.TEXT_TYPE) {
            return Optional.of(
                    "a message that is neither text nor bytes: publish the request as a TextMessage or BytesMessage");
        }
        return text(message);
    }

    private static Optional<String> text(ICoreMessage message) {
        if (message instanceof LargeServerMessage) {
            return largeText(message);
        }
        message.getReadOnlyBodyBuffer().readNullableSimpleString();
        return Optional.empty();
    }

    /** Its text stays on disk; what is read is whether it is as long as it says. */
    private static Optional<String> largeText(ICoreMessage message) {
        try (LargeBodyReader body = message.getLargeBodyReader()) {
            body.open();
            ByteBuffer start = ByteBuffer.allocate(BEFORE_TEXT);
            body.readInto(start); // and flips it
            return asLongAsItSays(start, body.getSize())
                    ? Optional.empty()
                    : Optional.of("a text message that is not as long as it says");
        } catch (ActiveMQException e) {
            return unreadable(e);
        }
    }

    /** @param size of all, octets */
    static boolean asLongAsItSays(ByteBuffer start, long size) {
        return start.remaining() == BEFORE_TEXT
                && start.get(0) == 1
                && start.getInt(1) >= 0
                && start.getInt(1) % Character.BYTES == 0
                && start.getInt(1) == size - BEFORE_TEXT;
    }
}
