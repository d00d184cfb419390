package org.mailchute.border;

import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How large a user's message may be, by the way it comes, and whether the disk has room for it.
 *
 * @param maxBytes of one message, as it is encoded
 * @param maxAmqpBytes likewise, by AMQP: Artemis holds such a one whole, several times over, when it converts it for a JMS reader
 * @param diskUsed share from 0 to 1
 */
record MessageSizes(long maxBytes, long maxAmqpBytes, DoubleSupplier diskUsed) {
    /** Of the disk; the broker stops for Mailchute itself at {@link org.mailchute.broker.EmbeddedConfiguration#FULL}. */
    private static final double FULL_FOR_USERS = 0.9;

    private static final int HEAP_SHARE_OF_AMQP = 16;

    static MessageSizes of(long maxBytes, DoubleSupplier diskUsed) {
        return new MessageSizes(
                maxBytes, Math.min(maxBytes, Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_AMQP), diskUsed);
    }

    /** Why no more of it is taken, for its sender; empty when it is. */
    Optional<String> fault(boolean amqp, long bytes) {
        return tooLarge(amqp, bytes).or(this::noRoom);
    }

    /** Likewise, whatever room there is. */
    Optional<String> tooLarge(boolean amqp, long bytes) {
        long limit = amqp ? maxAmqpBytes : maxBytes;
        return bytes <= limit
                ? Optional.empty()
                : Optional.of("a message of " + bytes + " bytes: at most " + limit + " are taken"
                        + (amqp && limit < maxBytes ? " by AMQP with this heap" : ""));
    }

    private Optional<String> noRoom() {
        return diskUsed.getAsDouble() <= FULL_FOR_USERS
                ? Optional.empty()
                : Optional.of("the gateway's disk is nearly full: nothing is taken until there is room");
    }
}
