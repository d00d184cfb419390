package org.mailchute.broker;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The consumers that wait for a message. They may wait long, for a wait that ends with nothing costs the client and the broker two round
 * trips; so at the end of all each of them is woken, lest the stop take as long.
 */
final class Receives {
    /** At the end, until the container asks again whether it is to go on. */
    private static final int PAUSE_MS = 50;

    private final Set<MessageConsumer> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean over;

    @FunctionalInterface
    interface Receive {
        @Nullable
        Object now() throws Throwable;
    }

    /** Empty-handed once the end has been told. */
    @Nullable
    Object of(MessageConsumer consumer, Receive receive) throws Throwable {
        waiting.add(consumer);
        try {
            return over ? nothing() : receive.now();
        } catch (JMSException e) {
            if (over) {
                return nothing(); // it was closed; what it had and we have not, the broker gives again
            }
            throw e;
        } finally {
            waiting.remove(consumer);
        }
    }

    private @Nullable Object nothing() throws InterruptedException {
        never.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        return null;
    }

    /**
     * What is being handled is not touched; nothing more is received. A consumer's close wakes the thread that waits in its receive
     * (Jakarta Messaging 3.1, {@link MessageConsumer#close}).
     */
    void end() {
        over = true;
        for (MessageConsumer consumer : waiting) {
            try {
                consumer.close();
            } catch (JMSException e) {
                // its connection is lost, and with it the wait is over
            }
        }
    }
}
