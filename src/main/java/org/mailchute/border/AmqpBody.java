package org.mailchute.border;

import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPLargeMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.apache.activemq.artemis.protocol.amqp.util.TLSEncode;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.codec.TypeConstructor;
import org.jspecify.annotations.Nullable;

/**
 * The body of an AMQP message (AMQP 1.0 part 3, 3.2.5 to 3.2.8). Artemis hands a JMS reader the first section alone, and of a
 * value of a kind that JMS does not have its encoded form: what would not be mailed as it is, is refused.
 */
final class AmqpBody {
    private static final Set<Class<?>> SECTIONS = Set.of(Data.class, AmqpSequence.class, AmqpValue.class);

    private AmqpBody() {}

    /** Why it would not be mailed whole; empty when it would. */
    static Optional<String> fault(AMQPMessage message) {
        ReadableBuffer octets =
                message instanceof AMQPLargeMessage large ? large.getData() : message.getSendBuffer(1, null);
        return fault(octets.duplicate().rewind());
    }

    /** @param message encoded, from its first octet on */
    static Optional<String> fault(ReadableBuffer message) {
        DecoderImpl decoder = TLSEncode.getDecoder();
        decoder.setBuffer(message);
        try {
            int sections = 0;
            while (message.hasRemaining()) {
                TypeConstructor<?> next = decoder.readConstructor();
                if (next.getTypeClass() == AmqpValue.class && !plain(((AmqpValue) next.readValue()).getValue())) {
                    return Optional.of(
                            "a message whose body is neither text nor octets: publish the request as a string,"
                                    + " or as one data section");
                } else if (next.getTypeClass() != AmqpValue.class) {
                    next.skipValue();
                }
                sections += SECTIONS.contains(next.getTypeClass()) ? 1 : 0;
            }
            return sections <= 1
                    ? Optional.empty()
                    : Optional.of("a message whose body is in %d sections: send it as one data section, or as a string"
                            .formatted(sections));
        } finally {
            decoder.setBuffer(null);
        }
    }

    private static boolean plain(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Binary;
    }
}
