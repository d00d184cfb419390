package org.mailchute.broker;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import java.util.Map;
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

    private final Map<MessageConsumer, String> waiting = new ConcurrentHashMap<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean over;

    @FunctionalInterface
    interface Receive {
        @Nullable
        Object now() throws Throwable;
    }

    /** Empty-handed once the end has been told. */
    @Nullable
    Object of(MessageConsumer consumer, String queue, Receive receive) throws Throwable {
        waiting.put(consumer, queue);
        try {
            return isOver(queue) ? nothing() : receive.now();
        } catch (JMSException e) {
            if (isOver(queue)) {
                return nothing(); // it was closed; what it had and we have not, the broker gives again
            }
            throw e;
        } finally {
            waiting.remove(consumer);
        }
    }

    private boolean isOver(String queue) {
        return over || ended.contains(queue);
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
        waiting.keySet().forEach(Receives::wake);
    }

    /** Likewise the consumers of one queue. */
    void end(String queue) {
        ended.add(queue);
        waiting.forEach((consumer, of) -> {
            if (of.equals(queue)) {
                wake(consumer);
            }
        });
    }

    /** Other consumers of it may wait. */
    void again(String queue) {
        ended.remove(queue);
    }

    private static void wake(MessageConsumer consumer) {
        try {
            consumer.close();
        } catch (JMSException e) {
            // its connection is lost, and with it the wait is over
        }
    }
}
